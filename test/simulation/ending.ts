import type { DeliveryDocument } from '../../libs/modules/delivery/delivery/deliveries.projection.ts';
import {
  RecordAttempt,
  RecordRenderingFailure,
  type AttemptOutcome,
  type RecordOutcome,
} from '../../libs/modules/delivery/delivery/delivery.commands.ts';
import type { CommandMetadata } from '../../libs/platform/kernel/index.ts';

export const SCHEDULE = [0, 10, 20, 30];

/** How an attempt ends, or that there is none: the alert cannot be rendered. */
export type Ending = AttemptOutcome | 'unrendered';

type OfRound = Pick<RecordRenderingFailure['data'], 'deliveryId' | 'webhookId' | 'workspaceId' | 'round' | 'epoch'>;

/** The example that a test sends is there in every version. */
export function recordOf(
  ending: Ending,
  { kind, type, version, state }: DeliveryDocument,
  of: OfRound,
  metadata: CommandMetadata,
): RecordOutcome {
  if (ending === 'unrendered' && kind === 'event') {
    const why = { type, version, releasedIn: version, fault: 'error', error: 'no' } as const;
    return new RecordRenderingFailure({ ...of, ...why }, metadata);
  }
  const outcome: AttemptOutcome = ending === 'unrendered' ? { ok: true, statusCode: 200, answer: '' } : ending;
  const when = { startedAt: metadata.at, endedAt: metadata.at, url: 'https://x.example' };
  const schedule = kind === 'test' ? [0] : SCHEDULE;
  const attempt = state.attempts + 1;
  return new RecordAttempt({ ...of, kind, attempt, ...when, outcome, schedule, random: 0 }, metadata);
}
