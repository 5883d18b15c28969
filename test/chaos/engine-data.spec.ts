import { describe, expect, it } from '@jest/globals';
import { withDatabase } from './engine-data.ts';

describe('another database of the same MongoDB', () => {
  it.each([
    ['mongodb://127.0.0.1:27017', 'mongodb://127.0.0.1:27017/other'],
    ['mongodb://127.0.0.1:27017/', 'mongodb://127.0.0.1:27017/other'],
    ['mongodb://a:1,b:2/carillon?replicaSet=rs0', 'mongodb://a:1,b:2/other?replicaSet=rs0'],
    ['mongodb+srv://host.example?w=majority', 'mongodb+srv://host.example/other?w=majority'],
  ])('keeps everything else of %s', (url, other) => {
    expect(withDatabase(url, 'other')).toBe(other);
  });

  it.each([
    ['mongodb://u:p@host', 'mongodb://u:p@host/other?authSource=admin'],
    ['mongodb://u:p@host/users?tls=true', 'mongodb://u:p@host/other?tls=true&authSource=users'],
    ['mongodb://u:p@host/users?authSource=x', 'mongodb://u:p@host/other?authSource=x'],
  ])('looks for the user of %s where it was', (url, other) => {
    expect(withDatabase(url, 'other')).toBe(other);
  });
});
