import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { findEngine, startOwnEngine, type EngineSearch } from './engine.ts';

/** Answers with how often it was started on its folder, and ends at once on a port it does not like. */
const SERVER = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
const [port, file] = process.argv.slice(2);
if (process.env.BROKEN || process.env.TEST_ENGINE_URL) { console.error('cannot start'); process.exit(3); }
appendFileSync(file, '+');
require('node:http').createServer((_, answer) => answer.end(readFileSync(file))).listen(Number(port), '127.0.0.1');
`;
const search = (name: string, environment: Record<string, string> = {}): EngineSearch => ({
  name,
  variable: 'TEST_ENGINE_URL',
  binaries: ['no-such-engine', 'test-engine'],
  command: ({ port, folder }) => ({ arguments: [String(port), join(folder, 'starts')], environment }),
  url: (host, port) => `http://${host}:${port}`,
  isReady: async (url) => (await fetch(url)).ok,
});
const starts = async (url: string) => (await fetch(url)).text();

describe('a server to test against', () => {
  let folder: string;
  const path = process.env['PATH'];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'engine-spec-'));
    await writeFile(join(folder, 'test-engine'), SERVER);
    await chmod(join(folder, 'test-engine'), 0o755);
  });
  beforeEach(() => void (process.env['PATH'] = folder));
  afterEach(() => {
    process.env['PATH'] = path;
    delete process.env['TEST_ENGINE_URL'];
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is the one in the environment, which is left as it is', async () => {
    process.env['TEST_ENGINE_URL'] = 'http://elsewhere';
    const engine = await findEngine(search('named'));
    expect(engine?.url).toBe('http://elsewhere');
    await engine?.stop();
  });

  it('is else a binary on PATH, one for all who ask, which ends with the last of them', async () => {
    const [first, second] = await Promise.all([findEngine(search('binary')), findEngine(search('binary'))]);
    const url = first?.url ?? '';
    expect(second?.url).toBe(url);
    expect(await starts(url)).toBe('+');
    await first?.stop();
    await first?.stop();
    expect(await starts(url)).toBe('+');
    await second?.stop();
    await expect(fetch(url)).rejects.toThrow();
    const later = await findEngine(search('binary'));
    expect(later?.url).not.toBe(url);
    await later?.stop();
  });

  it("that is one's own is started whatever the environment names", async () => {
    process.env['TEST_ENGINE_URL'] = 'http://elsewhere';
    const engine = await startOwnEngine(search('own'), 'killed');
    expect(await starts(engine?.url ?? '')).toBe('+');
    await engine?.stop();
  });

  it("that is one's own has its data again after it was killed", async () => {
    const engine = await startOwnEngine(search('own'), 'killed');
    const url = engine?.url ?? '';
    await engine?.kill();
    await expect(fetch(url)).rejects.toThrow();
    await engine?.start();
    expect(await starts(url)).toBe('++');
    await engine?.stop();
  });

  it('that cannot start says why', async () => {
    await expect(findEngine(search('broken', { BROKEN: 'yes' }))).rejects.toThrow('cannot start');
  });

  it('that is nowhere is told of, once', async () => {
    process.env['PATH'] = tmpdir();
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect([await findEngine(search('Nowhere')), await findEngine(search('Nowhere'))]).toEqual([undefined, undefined]);
    expect(await startOwnEngine(search('Nowhere'), 'killed')).toBeUndefined();
    const told = write.mock.calls.map(([line]) => String(line).trim().split('.')[0]);
    expect(told).toEqual(['!!! NOT TESTED: Nowhere', '!!! NOT TESTED: Nowhere, killed']);
    write.mockRestore();
  });
});
