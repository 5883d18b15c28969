import { conflict, notFound } from '../../../platform/kernel/index.ts';
import type { Webhook } from './webhook-state.ts';
import type { EnableWebhook } from './webhook.commands.ts';

/** What commands say of the versions at their instant. */
export type Versions = Pick<EnableWebhook['data'], 'live' | 'withdrawn'>;

export function existing(state: Webhook | undefined, workspaceId: string | undefined): Webhook {
  const isElsewhere = workspaceId !== undefined && workspaceId !== state?.workspaceId;
  if (state === undefined || state.removed || isElsewhere) throw notFound('The webhook');
  return state;
}

/** For what sagas and jobs ask: of a webhook that is gone or elsewhere there is nothing to do. */
export const ifThere = (state: Webhook | undefined, workspaceId: string): Webhook | undefined =>
  state === undefined || state.removed || state.workspaceId !== workspaceId ? undefined : state;

/** A webhook is made on, and moved to, a live version only. */
export function refuseUnlessLive(version: string, { live, withdrawn }: Versions): void {
  if (live.includes(version)) return;
  const reason = withdrawn?.has(version) ? 'was withdrawn' : 'has expired';
  throw conflict(`${version} is not a live version: it ${reason}. Live are: ${live.join(', ')}.`);
}

/** One that was left on a withdrawn version is enabled as long as the version that stands for it is live. */
export function refuseEnablingOn(version: string, { live, withdrawn }: Versions): void {
  const standing = withdrawn?.get(version);
  if (live.includes(standing ?? version)) return;
  const reason = standing === undefined ? 'has expired' : `was withdrawn and counts as ${standing}, which has expired`;
  throw conflict(
    `The webhook is on the version ${version}, which ${reason}. Move it to a live one, and enable it then: ${live.join(', ')}.`,
  );
}

/** Left held, it would go out after what is newer, or never. */
export function refuseUndecided(target: Webhook): void {
  if (target.epoch <= target.nothingHeldUpTo) return;
  throw conflict(
    'The webhook is strictly ordered and may hold deliveries. Enable it with POST /settings/webhooks/{id}/enable, and say there ' +
      'what becomes of them: "held": "release" or "held": "cancel".',
  );
}

/** One trigger can neither stand for several nor take their place unasked. */
export function refuseSeveralTriggers({ id, triggers }: Webhook): void {
  if (triggers.length === 1) return;
  throw conflict(
    `The webhook listens to several triggers: ${triggers.join(', ')}. It cannot be changed here; change it with PUT /settings/webhooks/${id}.`,
  );
}

/** What every event of a webhook says. */
export const of = ({ id, workspaceId }: Webhook) => ({ webhookId: id, workspaceId });
