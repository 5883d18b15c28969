import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openParts } from '../../apps/server/parts.ts';
import { Server } from '../../apps/server/server.ts';
import { readConfig } from '../../libs/platform/config/index.ts';

describe('a first start that is interrupted', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([1, 2, 5])('after %i appends is done by the next, which shows the credentials', async (appends) => {
    const config = readConfig({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' });
    const parts = await openParts(config);
    const append = parts.eventStore.append.bind(parts.eventStore);
    let made = 0;
    parts.eventStore.append = (request) => (made++ < appends ? append(request) : Promise.reject(new Error('ended')));
    await expect(Server.create(parts)).rejects.toThrow('ended');
    await parts.close();
    const server = await Server.create(await openParts(config));
    expect(server.bootstrapped.client).toMatchObject({ id: expect.any(String), secret: expect.any(String) });
    await server.stop();
  });
});
