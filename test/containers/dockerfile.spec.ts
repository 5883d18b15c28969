import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { dockerfileRules } from './dockerfile-rules.ts';
import { execForm, imageOf, isSent, last } from './dockerfile.ts';
import { read, rulesOf } from './rule.ts';

describe('the Dockerfile', () => {
  rulesOf(() => read('Dockerfile'), dockerfileRules);
});

describe('.dockerignore', () => {
  it('sends the sources that are compiled, and what says how', () => {
    const needed = ['package.json', 'package-lock.json', '.npmrc', 'nest-cli.json', 'tsconfig.build.json'];
    expect(needed.filter((path) => !isSent(path))).toEqual([]);
    expect(['apps/server/main.ts', 'libs/platform/config/config.ts'].every(isSent)).toBe(true);
  });

  it('sends no secret, no data, no history, nothing that is made, and no spec', () => {
    const secrets = ['.env', '.env.production', 'data/encryption.key', '.git/config', 'apps/server/.env', 'libs/.env'];
    const made = ['node_modules/zod/package.json', 'dist/apps/server/main.js', 'bench/results/1.json'];
    const specs = [
      'test/api/http.api.spec.ts',
      'libs/platform/config/config.spec.ts',
      'libs/platform/kernel/testing/recorded.ts',
    ];
    expect([...secrets, ...made, ...specs].filter(isSent)).toEqual([]);
  });
});

describe('the health check of the image', () => {
  const [, ...args] = execForm(last(imageOf(read('Dockerfile')), 'HEALTHCHECK')?.text);

  async function check(port: number): Promise<number> {
    const child = spawn(process.execPath, args, { env: { PORT: String(port) }, stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number];
    return code;
  }

  it.each([
    [200, 0],
    [503, 1],
  ])('on an answer of %d to /health/live ends with %d, and with 1 on none', async (status, code) => {
    const server = createServer(({ url }, response) => response.writeHead(url === '/health/live' ? status : 404).end());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await check(port)).toBe(code);
    server.closeAllConnections();
    await once(server.close(), 'close');
    expect(await check(port)).toBe(1);
  });
});
