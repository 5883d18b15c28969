import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { composeFile, service } from './compose-file.ts';

const { healthcheck, command = [] } = service(composeFile(), 'mongodb');
const script = healthcheck?.test.at(-1) ?? '';

type SetConfiguration = { _id: string; members: { _id: number; host: string }[] };

/** What the script asks the shell for, answered as a server does: no MongoDB can be had everywhere. */
class Shell {
  initiated: SetConfiguration | undefined;
  attempts = 0;
  primary = false;
  failure: string | undefined = 'NotYetInitialized';

  /** The exit code. */
  check(): number {
    const code: { value?: number } = {};
    const rs = {
      status: () => {
        if (this.failure !== undefined) throw Object.assign(new Error(this.failure), { codeName: this.failure });
      },
      initiate: (configuration: SetConfiguration) => {
        this.initiated = configuration;
        this.attempts += 1;
        this.failure = undefined;
      },
    };
    const db = { hello: () => ({ isWritablePrimary: this.primary }) };
    runInNewContext(script, { rs, db, quit: (value: number) => (code.value ??= value) });
    return code.value ?? 0;
  }
}

describe('the health check of mongodb', () => {
  let shell: Shell;
  beforeEach(() => {
    shell = new Shell();
  });

  it('makes a set of one member under the name and address that Carillon is given', () => {
    const { environment } = service(composeFile(), 'api');
    const { host, searchParams } = new URL(environment?.['MONGODB_URL'] ?? '');
    shell.check();
    expect(shell.initiated).toEqual({ _id: searchParams.get('replicaSet'), members: [{ _id: 0, host }] });
    expect(command).toEqual(['mongod', '--replSet', searchParams.get('replicaSet'), '--bind_ip_all']);
  });

  it('is healthy once the member can be written to, and makes the set once', () => {
    expect(shell.check()).toBe(1);
    expect(shell.check()).toBe(1);
    shell.primary = true;
    expect(shell.check()).toBe(0);
    expect(shell.attempts).toBe(1);
  });

  it('makes no set where the server fails in another way', () => {
    shell.failure = 'Unauthorized';
    expect(() => shell.check()).toThrow('Unauthorized');
    expect(shell.attempts).toBe(0);
  });
});
