import { Injectable } from '@nestjs/common';
import { StoreUnavailable } from '../../../platform/event-store/index.ts';
import type { Principal } from '../../../platform/http/index.ts';
import { Refusal, type CommandMetadata, type FieldError } from '../../../platform/kernel/index.ts';
import type { PlatformMessage } from '../../../platform/platform-streams/index.ts';
import type { ParkReason } from '../parked-event/parked-event.events.ts';
import { Door } from '../publish-events/door.ts';
import type { PublishedItem } from '../publish-events/published-event.ts';
import { inMessage, itemOf } from './message-item.ts';

export type Refused = {
  readonly status: 'refused';
  readonly reason: ParkReason;
  readonly errors: readonly FieldError[];
};
/** `unavailable` is the installation, not the message; `untried` came behind one that was not admitted. */
export type Verdict =
  | { readonly status: 'taken' }
  | Refused
  | { readonly status: 'unavailable'; readonly error: unknown }
  | { readonly status: 'untried' };

const NAMES_WORKSPACE = ['workspaceId', 'data.parentWorkspaceId'];

/** Takes messages of the platform's through the door, as if they had been published. */
@Injectable()
export class MessageIntake {
  constructor(private readonly door: Door) {}

  /** In the order given, each with what became of it. What is taken is durable. */
  async take(
    messages: readonly PlatformMessage[],
    caller: Principal,
    metadata: CommandMetadata,
  ): Promise<readonly Verdict[]> {
    const mapped = messages.map(itemOf);
    const items = mapped.flatMap((each) => ('item' in each ? [each.item] : []));
    const outcomes = items.length === 0 ? [] : await this.#takeEach(items, caller, metadata);
    let next = 0;
    return mapped.map((each) =>
      'errors' in each ? { status: 'refused', reason: 'malformed', errors: each.errors } : verdictOf(outcomes[next++]),
    );
  }

  async #takeEach(
    items: readonly unknown[],
    caller: Principal,
    metadata: CommandMetadata,
  ): Promise<readonly PromiseSettledResult<PublishedItem>[]> {
    try {
      return await this.door.takeEach(items, caller, metadata);
    } catch (reason) {
      return [{ status: 'rejected', reason }];
    }
  }
}

function verdictOf(outcome: PromiseSettledResult<PublishedItem> | undefined): Verdict {
  if (!outcome) return { status: 'untried' };
  if (outcome.status === 'rejected') {
    const error: unknown = outcome.reason;
    if (isUnavailable(error)) return { status: 'unavailable', error };
    return refused('failed', [{ field: '', message: error instanceof Error ? error.message : String(error) }]);
  }
  const { status, errors = [] } = outcome.value;
  switch (status) {
    case 'accepted':
    case 'duplicate':
      return { status: 'taken' };
    case 'conflict':
      return refused('conflict', [{ field: 'id', message: 'is taken by another event' }]);
    case 'invalid': {
      const isAboutWorkspace = errors.every(({ field }) => NAMES_WORKSPACE.includes(field));
      return refused(isAboutWorkspace ? 'unknown-workspace' : 'invalid', errors);
    }
  }
}

const refused = (reason: ParkReason, errors: readonly FieldError[]): Refused => ({
  status: 'refused',
  reason,
  errors: errors.map(inMessage),
});

const isUnavailable = (error: unknown): boolean =>
  error instanceof StoreUnavailable || (error instanceof Refusal && error.kind === 'unavailable');
