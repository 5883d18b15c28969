import { expect, it } from '@jest/globals';
import { linksIn } from './links.ts';

it.each([
  ['Nothing here.', []],
  ['Go to http://127.0.0.1:3000/console/password#abc-1_2.', ['http://127.0.0.1:3000/console/password#abc-1_2']],
  ['(see https://a.example/x?y=1), or <https://a.example/x?y=1>', ['https://a.example/x?y=1']],
  ['https://a.example\nhttps://b.example', ['https://a.example', 'https://b.example']],
  ['javascript:alert(1) ftp://a.example', []],
])('the links of %j are %j', (text, links) => expect(linksIn(text)).toEqual(links));
