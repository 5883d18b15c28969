import { expect } from '@jest/globals';
import type { World } from './version-lifecycle-world.ts';

type Delivery = {
  readonly webhookId: string;
  readonly eventId: string;
  readonly version: string;
  readonly status: string;
};
type Entry = {
  readonly at: string;
  readonly actor: string;
  readonly kind: string;
  readonly webhookId: string | null;
  readonly workspaceId: string | null;
  readonly details: Readonly<Record<string, string>>;
};
type VersionView = { readonly workspaces: readonly { readonly workspaceId: string; readonly webhooks: number }[] };

/** What is kept of it when it is over: each alert with its version, each mail, and all that came of itself, at its instant and once. */
export async function expectRecords(world: World): Promise<void> {
  const { server, oracle, owed, ids } = world;
  const names = new Map([...ids].map(([name, id]) => [id, name]));

  const deliveries = await server.all<Delivery>('/deliveries', undefined, { kind: 'event' });
  const delivered = deliveries.map(
    ({ webhookId, eventId, version, status }) => `${names.get(webhookId)} ${eventId} ${version} ${status}`,
  );
  expect(delivered.sort()).toEqual(owed.map((alert) => `${alert} succeeded`).sort());

  const about = ({ kind, webhookId, workspaceId, details }: Entry): string | undefined => {
    if (kind === 'milestone-reached') return `${details['version']} ${details['milestone']}`;
    if (kind === 'version-expired') return details['version'];
    if (kind === 'notification-due') return `${workspaceId} ${details['user']?.toLowerCase()}`;
    if (kind === 'draft-created') return details['by'] === 'calendar' ? names.get(webhookId ?? '') : undefined;
    if (kind === 'webhook-disabled') return details['by'] === 'expired' ? names.get(webhookId ?? '') : undefined;
    return undefined;
  };
  const entries = await server.all<Entry>('/activity');
  const diary = entries.flatMap((entry) => {
    const what = about(entry);
    return what === undefined ? [] : [`${entry.at} ${entry.kind} ${what}`];
  });
  expect(diary.sort()).toEqual([...oracle.diary].sort());

  for (const { name } of oracle.versions) {
    const { workspaces } = await server.ask<VersionView>('GET', `/versions/${name}`);
    const counts = Object.fromEntries(workspaces.map(({ workspaceId, webhooks }) => [workspaceId, webhooks]));
    const on = Map.groupBy(oracle.on(name), ({ workspace }) => workspace);
    expect({ name, counts }).toEqual({
      name,
      counts: Object.fromEntries([...on].map(([id, { length }]) => [id, length])),
    });
  }
}
