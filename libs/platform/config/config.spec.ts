import { describe, expect, it } from '@jest/globals';
import { InvalidConfiguration, readConfig } from './config.ts';

describe('the environment', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 3000, retrySchedule: [0, 60, 300, 1800] });
  });

  it('is refused with every bad variable named at once, and no value shown', () => {
    const read = () => readConfig({ PORT: 'seventy', RETRY_SCHEDULE: '0,60,30', ENCRYPTION_KEY: 'hunter2' });
    expect(read).toThrow(InvalidConfiguration);
    expect(read).toThrow(/PORT[^]*RETRY_SCHEDULE: numbers after the first must grow[^]*ENCRYPTION_KEY/);
    expect(read).not.toThrow(/hunter2/);
  });

  it('has no wait before a first attempt', () => {
    expect(() => readConfig({ RETRY_SCHEDULE: '30,60' })).toThrow(/RETRY_SCHEDULE: must begin with 0/);
  });

  it('opens the loopback range outside production only', () => {
    expect(readConfig({ OUTBOUND_ALLOW: '10.0.0.0/8' }).outboundAllow).toContain('127.0.0.0/8');
    expect(readConfig({ NODE_ENV: 'production', OUTBOUND_ALLOW: '10.0.0.0/8' }).outboundAllow).toEqual(['10.0.0.0/8']);
  });

  it('keeps 256 MiB of the disk free unless told otherwise', () => {
    expect(readConfig({}).minFreeDisk).toBe(268_435_456);
    expect(readConfig({ MIN_FREE_DISK: '0' }).minFreeDisk).toBe(0);
    for (const wrong of ['-1', '1.5', '1 GiB'])
      expect(() => readConfig({ MIN_FREE_DISK: wrong })).toThrow(/MIN_FREE_DISK: must be/);
  });

  it('treats an empty variable as absent', () => {
    expect(readConfig({ PUBLIC_URL: '', HOST: '' }).host).toBe('127.0.0.1');
  });
});
