import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createWebhook, event, idsOf, publish, registerWorkspace } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import { Receiver } from '../../../test/support/receiver.ts';
import { CopiedInstallation } from './testing/copied-installation.ts';

const hookIdsAt = (receiver: Receiver, path: string, after: number) =>
  receiver.events
    .slice(after)
    .filter((alert) => alert.path === path)
    .map(({ body }) => body.id);

async function itemsOf(installation: Installation, path: string) {
  const { data } = await installation.api.get<{ items: { id: string }[] }>(path, {
    headers: { Workspace: 'workspace' },
  });
  return data.items.sort((a, b) => a.id.localeCompare(b.id));
}
const seen = async (installation: Installation) => ({
  deliveries: await itemsOf(installation, '/deliveries?limit=200'),
  webhooks: await itemsOf(installation, '/settings/webhooks?limit=200'),
  activity: await itemsOf(installation, '/activity?limit=200'),
});

describe('an installation that was copied', () => {
  let receiver: Receiver;
  let source: Installation;
  let copy: CopiedInstallation;
  let copied: Installation | undefined;

  beforeEach(async () => {
    receiver = await Receiver.start();
    source = await Installation.start();
    await registerWorkspace(source.api, 'workspace');
    await createWebhook(source.api, 'workspace', `${receiver.url}/any-order`);
    await createWebhook(source.api, 'workspace', `${receiver.url}/in-order`, { delivery: { strictOrder: true } });
    await publish(source.api, ...Array.from({ length: 20 }, () => event('workspace')));
    await source.settled();
    copy = await CopiedInstallation.of(source.folder);
  });
  afterEach(async () => {
    await copied?.dispose();
    copied = undefined;
    await copy.dispose();
    await source.dispose();
    await receiver.stop();
  });

  it('shows what it showed, sends nothing again, and takes in and delivers what is new', async () => {
    const before = await seen(source);
    expect(before.deliveries.length).toBeGreaterThan(40);
    await source.close();
    expect(await copy.migrate()).toBe(0);
    const sent = receiver.events.length;
    copied = await copy.start();
    await copied.settled();
    expect(await seen(copied)).toEqual(before);
    expect(receiver.events).toHaveLength(sent);
    const late = event('workspace');
    await publish(copied.api, late);
    await copied.settled();
    for (const path of ['/any-order', '/in-order']) expect(hookIdsAt(receiver, path, sent)).toEqual([late.id]);
  });

  it('goes on with what was owed, in order where that is asked for', async () => {
    receiver.answer = () => ({ status: 500 });
    const owed = Array.from({ length: 5 }, () => event('workspace'));
    await publish(source.api, ...owed);
    await source.settled();
    await source.close();
    expect(await copy.migrate()).toBe(0);
    receiver.answer = () => ({ status: 200 });
    const sent = receiver.events.length;
    copied = await copy.start();
    const late = event('workspace');
    await publish(copied.api, late);
    await copied.pass(70_000);
    const expected = idsOf([...owed, late]);
    expect(hookIdsAt(receiver, '/in-order', sent)).toEqual(expected);
    expect(hookIdsAt(receiver, '/any-order', sent).sort()).toEqual(expected.toSorted());
  });
});

describe('the command', () => {
  let source: Installation;
  let copy: CopiedInstallation;

  beforeAll(async () => {
    source = await Installation.open();
  });
  afterAll(() => source.dispose());
  beforeEach(async () => {
    copy = await CopiedInstallation.of(source.folder);
  });
  afterEach(() => copy.dispose());

  it('refuses a data folder that a server has', async () => {
    expect(await copy.migrate()).toBe(1);
    expect(copy.complaints).toEqual([expect.stringMatching(/^A server is running on .*: stop it first/)]);
  });

  it('refuses what was not stopped in an orderly way', async () => {
    await source.close();
    await writeFile(join(source.folder, 'events.db-wal'), 'left behind');
    expect(await copy.migrate()).toBe(1);
    expect(copy.complaints).toEqual([expect.stringMatching(/start it once more/)]);
    await rm(join(source.folder, 'events.db-wal'));
  });

  it('refuses another key, and says where the right one is', async () => {
    expect(await copy.migrate({ ENCRYPTION_KEY: 'cd'.repeat(32) })).toBe(1);
    expect(copy.complaints).toEqual([expect.stringMatching(/ENCRYPTION_KEY does not open.*encryption\.key/)]);
  });

  it('names every variable that is missing', async () => {
    await expect(copy.migrate({ EVENTSTORE_URL: '', ENCRYPTION_KEY: '' })).rejects.toThrow(
      /^EVENTSTORE_URL and ENCRYPTION_KEY must be set/,
    );
  });

  it('refuses a folder without an installation, and makes nothing in it', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'carillon-'));
    const none = await CopiedInstallation.of(empty);
    expect(await none.migrate({ ENCRYPTION_KEY: 'ab'.repeat(32) })).toBe(1);
    expect(none.complaints).toEqual([expect.stringMatching(/There is no events\.db in/)]);
    expect(existsSync(join(empty, 'lock.db'))).toBe(false);
    await none.dispose();
    await rm(empty, { recursive: true });
  });

  it('ends with 0 and says what comes next', async () => {
    expect(await copy.migrate()).toBe(0);
    expect(copy.said.join('\n')).toMatch(
      /All \d+ events are there, by id and in order[^]*MONGODB_URL[^]*Keep this data folder/,
    );
  });
});
