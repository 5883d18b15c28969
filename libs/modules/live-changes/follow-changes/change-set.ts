import type { Principal } from '../../../platform/http/index.ts';
import { START, type Position } from '../../../platform/kernel/index.ts';
import { scopeOfList, type ChangeMessage } from './change-message.ts';
import { changesOf, type AnyEvent, type Change, type List } from './changes-of.ts';

/** Of the deliveries of one webhook these many are told by name. */
const MOST_IDS = 20;
/** Whoever would be told of more webhooks, or jobs, at once reads everything again. */
const MOST_TOLD = 200;

/** Their events may end what a caller is allowed to do, or move what it reaches. */
const OF_CALLERS = ['apiClient', 'user', 'session', 'consoleLink', 'workspace'];

type Delivered = { count: number; newest: (() => string)[]; ids?: readonly string[] };
type OfWorkspace = {
  readonly webhooks: Set<string>;
  readonly deliveries: Map<string, Delivered>;
  readonly redeliveries: Set<string>;
  readonly lists: Set<List>;
};

export type Audience = {
  readonly caller: Principal;
  /** The one workspace it looks at; else all that the caller reaches. */
  readonly workspaceId: string | undefined;
};

/** What events have changed, merged: it grows with the webhooks that changed, not with how often they did. */
export class ChangeSet {
  readonly #workspaces = new Map<string | null, OfWorkspace>();
  /** Of the newest event of each category. */
  readonly positions = new Map<string, Position>();
  position: Position = START;
  /** Callers have to be looked at again, whether or not they are told anything. */
  concernsCallers = false;

  get isEmpty(): boolean {
    return this.#workspaces.size === 0 && !this.concernsCallers;
  }

  add(event: AnyEvent): void {
    const changes = changesOf(event);
    const concernsCallers = OF_CALLERS.includes(event.category);
    if (changes.length === 0 && !concernsCallers) return;
    for (const change of changes) this.#note(change);
    this.#moveTo(event.category, event.position);
    this.concernsCallers ||= concernsCallers;
  }

  /** Adds what was collected before. */
  absorb(earlier: ChangeSet): void {
    for (const [workspaceId, { webhooks, deliveries, redeliveries, lists }] of earlier.#workspaces) {
      const here = this.#of(workspaceId);
      for (const each of webhooks) here.webhooks.add(each);
      for (const each of redeliveries) here.redeliveries.add(each);
      for (const each of lists) here.lists.add(each);
      for (const [webhookId, { count, newest }] of deliveries) {
        const later = here.deliveries.get(webhookId) ?? { count: 0, newest: [] };
        const both = [...newest, ...later.newest].slice(-MOST_IDS);
        here.deliveries.set(webhookId, { count: count + later.count, newest: both });
      }
    }
    for (const [category, position] of earlier.positions) this.#moveTo(category, position);
    this.concernsCallers ||= earlier.concernsCallers;
  }

  /** What of it is to be read again by a caller; undefined for nothing, `too-much` for everything. */
  messageFor({ caller, workspaceId: only }: Audience): ChangeMessage | 'too-much' | undefined {
    const [webhooks, redeliveries, lists] = [new Set<string>(), new Set<string>(), new Set<List>()];
    const deliveries = new Map<string, Delivered>();
    const mayReadDeliveries = caller.scopes.has('deliveries:read');
    for (const [workspaceId, changes] of this.#workspaces) {
      for (const list of changes.lists) if (isShown(list, workspaceId, { caller, workspaceId: only })) lists.add(list);
      if (workspaceId === null || !isInView(workspaceId, { caller, workspaceId: only })) continue;
      for (const webhookId of changes.webhooks) webhooks.add(webhookId);
      if (!mayReadDeliveries) continue;
      for (const redeliveryId of changes.redeliveries) redeliveries.add(redeliveryId);
      for (const [webhookId, delivered] of changes.deliveries) deliveries.set(webhookId, delivered);
    }
    if (webhooks.size + deliveries.size + redeliveries.size > MOST_TOLD) return 'too-much';
    if (webhooks.size + deliveries.size + redeliveries.size + lists.size === 0) return undefined;
    return {
      webhooks: [...webhooks],
      deliveries: [...deliveries].map(([webhookId, of]) => ({ webhookId, count: of.count, ids: [...idsOf(of)] })),
      redeliveries: [...redeliveries],
      lists: [...lists],
    };
  }

  #note(change: Change): void {
    const of = this.#of(change.workspaceId);
    if (change.kind === 'list') of.lists.add(change.list);
    else if (change.kind === 'webhook') of.webhooks.add(change.webhookId);
    else if (change.kind === 'redelivery') of.redeliveries.add(change.redeliveryId);
    else {
      const delivered = of.deliveries.get(change.webhookId) ?? { count: 0, newest: [] };
      delivered.count++;
      delivered.newest.push(change.deliveryId);
      if (delivered.newest.length > MOST_IDS) delivered.newest.shift();
      of.deliveries.set(change.webhookId, delivered);
    }
  }

  #of(workspaceId: string | null): OfWorkspace {
    const known = this.#workspaces.get(workspaceId);
    if (known) return known;
    const of = {
      webhooks: new Set<string>(),
      deliveries: new Map(),
      redeliveries: new Set<string>(),
      lists: new Set<List>(),
    };
    this.#workspaces.set(workspaceId, of);
    return of;
  }

  #moveTo(category: string, position: Position): void {
    this.positions.set(category, Math.max(this.positions.get(category) ?? START, position));
    this.position = Math.max(this.position, position);
  }
}

/** Worked out once, however many are told. */
const idsOf = (delivered: Delivered): readonly string[] =>
  (delivered.ids ??= [...new Set(delivered.newest.map((id) => id()).reverse())]);

const isInView = (workspaceId: string, { caller, workspaceId: only }: Audience): boolean =>
  only === undefined ? caller.reaches(workspaceId) : workspaceId === only;

/** The tree of workspaces is shown whole, whichever of them is looked at; catalog and versions are everybody's. */
function isShown(list: List, workspaceId: string | null, audience: Audience): boolean {
  const { caller } = audience;
  if (!caller.scopes.has(scopeOfList[list])) return false;
  if (workspaceId !== null)
    return list === 'workspaces' ? caller.reaches(workspaceId) : isInView(workspaceId, audience);
  return list !== 'activity' || (audience.workspaceId === undefined && caller.reach() === 'everything');
}
