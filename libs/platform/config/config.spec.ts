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

  it('has a clock that stands still only where nothing is in earnest', () => {
    expect(readConfig({}).clock).toBe('system');
    expect(readConfig({ CLOCK: 'manual' }).clock).toBe('manual');
    expect(() => readConfig({ CLOCK: 'sundial' })).toThrow(/CLOCK: must be system or manual/);
    expect(() => readConfig({ CLOCK: 'manual', NODE_ENV: 'production' })).toThrow(
      /CLOCK: may not be manual with NODE_/,
    );
    const engine = { EVENTSTORE_URL: 'esdb://one:2113', ENCRYPTION_KEY: 'ab'.repeat(32) };
    const client = { BOOTSTRAP_CLIENT_ID: 'platform', BOOTSTRAP_CLIENT_SECRET: 'not-to-be-guessed' };
    expect(() => readConfig({ ...engine, ...client, CLOCK: 'manual' })).toThrow(/CLOCK: may not be manual with EVENT/);
    expect(readConfig({ ...engine, ...client, CLOCK: 'system' }).clock).toBe('system');
  });

  it('treats an empty variable as absent', () => {
    expect(readConfig({ PUBLIC_URL: '', HOST: '' }).host).toBe('127.0.0.1');
  });

  describe('of engines', () => {
    const secrets = {
      ENCRYPTION_KEY: 'ab'.repeat(32),
      BOOTSTRAP_CLIENT_ID: 'platform',
      BOOTSTRAP_CLIENT_SECRET: 'not-to-be-guessed',
    };
    const engines = {
      EVENTSTORE_URL: 'esdb+discover://admin:changeit@one:2113,two:2113?tls=true',
      MONGODB_URL: 'mongodb://one:27017,two:27017/carillon?replicaSet=rs0',
    };

    it('chooses embedded stores and mails as files where no URL is given', () => {
      expect(readConfig({})).toMatchObject({ eventStoreUrl: '', mongoUrl: '', smtpUrl: '', roles: ['api', 'worker'] });
    });

    it('takes URLs of clusters, and of no other scheme', () => {
      expect(readConfig({ ...engines, ...secrets })).toMatchObject({ eventStoreUrl: engines.EVENTSTORE_URL });
      expect(() => readConfig({ ...secrets, EVENTSTORE_URL: 'http://one:2113' })).toThrow(/EVENTSTORE_URL: must begin/);
      expect(() => readConfig({ MONGODB_URL: 'one:27017' })).toThrow(/MONGODB_URL: must begin/);
      expect(() => readConfig({ SMTP_URL: 'mail' })).toThrow(/SMTP_URL: must begin/);
    });

    it('takes a server and a sender that mail can be sent with', () => {
      const read = (MAIL_FROM: string) => readConfig({ SMTP_URL: 'smtp://user:p%40ss@mail.internal', MAIL_FROM });
      expect(read('Webhooks <hooks@example.com>').mailFrom).toBe('Webhooks <hooks@example.com>');
      expect(() => read('nobody')).toThrow(/MAIL_FROM: must be an address/);
      expect(() => readConfig({ SMTP_URL: 'smtp://mail?tls.rejectUnauthorized=false' })).toThrow(/SMTP_URL: is none/);
    });

    it('asks for the secrets that no data folder keeps', () => {
      const read = () => readConfig(engines);
      expect(read).toThrow(/ENCRYPTION_KEY: is needed[^]*BOOTSTRAP_CLIENT_ID[^]*BOOTSTRAP_CLIENT_SECRET/);
    });

    it('splits roles only where processes can share the stores', () => {
      expect(() => readConfig({ ROLES: 'worker' })).toThrow(/ROLES: can be split only/);
      expect(() => readConfig({ ROLES: 'worker', MONGODB_URL: engines.MONGODB_URL })).toThrow(/ROLES: can be split/);
      expect(readConfig({ ...engines, ...secrets, ROLES: 'worker' }).roles).toEqual(['worker']);
      expect(readConfig({ ROLES: 'worker, api' }).roles).toEqual(['worker', 'api']);
      expect(() => readConfig({ ROLES: 'api,boss' })).toThrow(/ROLES: must be api, worker, or both/);
    });

    it('takes in no stream of our own', () => {
      const ingest = (INGEST_STREAMS: string) => () => readConfig({ ...engines, ...secrets, INGEST_STREAMS });
      expect(ingest('billing-,workspaces-')().ingestStreams).toEqual(['billing-', 'workspaces-']);
      for (const own of ['carillon.', 'carillon.webhook-', 'car'])
        expect(ingest(own)).toThrow(/INGEST_STREAMS: would take in/);
      expect(() => readConfig({ INGEST_STREAMS: 'billing-' })).toThrow(/INGEST_STREAMS: needs EVENTSTORE_URL/);
    });
  });
});
