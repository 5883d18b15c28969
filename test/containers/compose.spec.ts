import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DCLinter } from 'dclint';
import { readConfig } from '../../libs/platform/config/index.ts';
import { carillons, composeFile, service } from './compose-file.ts';
import { composeRules } from './compose-rules.ts';
import { variablesOf } from './dockerfile.ts';
import { read, root, rulesOf } from './rule.ts';
import { DOT_ENV, interpolate, SECRETS } from './settings.ts';

const path = join(root, 'docker-compose.yml');

/** The order of keys is a matter of taste. */
const TASTE = ['service-keys-order', 'services-alphabetical-order', 'top-level-properties-order'];

type Findings = { messages: { rule: string; message: string }[] }[];

/** The Compose specification's schema, and what the linter knows beyond it. */
function findings(file: string): string[] {
  const rules = Object.fromEntries(TASTE.map((rule) => [rule, 0]));
  const linter = new DCLinter({ rules, quiet: false, debug: false, exclude: [] });
  const results = linter.lintFiles([file], false) as Findings;
  expect(results).toHaveLength(1);
  return results.flatMap(({ messages }) => messages.map(({ rule, message }) => `${rule}: ${message}`));
}

const settingsOf = (name: string, dotEnv: Record<string, string>) => {
  const { environment = {} } = service(composeFile(), name);
  const values = Object.entries(environment).map(([key, value]) => [key, interpolate(value, dotEnv)]);
  return { ...variablesOf(read('Dockerfile')), ...(Object.fromEntries(values) as Record<string, string>) };
};

describe('docker-compose.yml', () => {
  rulesOf(composeFile, composeRules);

  it('is what the Compose specification says, and has nothing else a linter finds', () => {
    expect(findings(path)).toEqual([]);
    expect(findings(join(import.meta.dirname, 'fixtures/faulty-compose.yml'))).toEqual([
      expect.stringContaining('invalid-schema'),
    ]);
  });

  it('gives Carillon settings that it starts with, in production', () => {
    const roles = carillons(composeFile()).map(([name]) => {
      const { production, host, port, dataDir, roles: own } = readConfig(settingsOf(name, DOT_ENV));
      expect({ production, host, port, dataDir }).toEqual({
        production: true,
        host: '0.0.0.0',
        port: 3000,
        dataDir: '/data',
      });
      return own;
    });
    expect(roles).toEqual([['api'], ['worker']]);
  });

  it.each(SECRETS)('says how to make %s where .env has none', (secret) => {
    const without = () => settingsOf('api', { ...DOT_ENV, [secret]: '' });
    expect(without).toThrow(`${secret} is missing in .env, make one with openssl rand`);
  });
});

/** The plugin or the program; it needs no engine to read a file. */
const compose = [['docker', 'compose'], ['docker-compose']].find(([command = '', ...args]) =>
  /v?[2-9]\.\d/.test(spawnSync(command, [...args, 'version']).stdout?.toString() ?? ''),
);

if (compose === undefined)
  process.stderr.write('NOT TESTED: Docker Compose is not on PATH, it did not read our file.\n');

(compose === undefined ? describe.skip : describe)('Docker Compose', () => {
  const config = (dotEnv: Record<string, string>) => {
    const [command = '', ...args] = compose ?? [];
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...dotEnv };
    const options = ['--env-file', '/dev/null', '--file', path, 'config', '--format', 'json'];
    return spawnSync(command, [...args, ...options], { env, encoding: 'utf8' });
  };

  it('reads the file and understands it as we do', () => {
    const { status, stdout } = config(DOT_ENV);
    expect(status).toBe(0);
    const { services } = JSON.parse(stdout);
    expect(Object.keys(services).sort()).toEqual(Object.keys(composeFile().services).sort());
    for (const [name] of carillons(composeFile()))
      expect({ ...variablesOf(read('Dockerfile')), ...services[name].environment }).toEqual(settingsOf(name, DOT_ENV));
  });

  it('starts nothing without the secrets', () => {
    const { status, stderr } = config({ ...DOT_ENV, ENCRYPTION_KEY: '' });
    expect(status).not.toBe(0);
    expect(stderr).toContain(
      'ENCRYPTION_KEY is missing a value: is missing in .env, make one with openssl rand -hex 32',
    );
  });
});
