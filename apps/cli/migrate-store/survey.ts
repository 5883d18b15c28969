import {
  workspaceSecretContext,
  type SigningKeyMade,
  type WorkspaceEvent,
} from '../../../libs/modules/identity/contract.ts';
import {
  secretContext,
  type WebhookChanged,
  type WebhookCreated,
  type WebhookSecretRotated,
} from '../../../libs/modules/webhook-configuration/contract.ts';
import type { Recorded, Sealed } from '../../../libs/platform/kernel/index.ts';
import { eventsOf, type Readable } from './events-of.ts';
import { Tally } from './tally.ts';

export type SealedText = { readonly sealed: Sealed; readonly context: string };

export type Survey = {
  readonly tally: Tally;
  /** What was sealed last, if anything was. */
  readonly sealed: SealedText | undefined;
};

/** Reads the whole source once. */
export async function survey(source: Readable, stopping: AbortSignal, seen: (events: number) => void): Promise<Survey> {
  const tally = new Tally();
  let sealed: SealedText | undefined;
  for await (const event of eventsOf(source)) {
    stopping.throwIfAborted();
    tally.add(event);
    sealed = sealedIn(event) ?? sealed;
    seen(1);
  }
  return { tally, sealed };
}

type Sealing = SigningKeyMade | WebhookCreated | WebhookChanged | WebhookSecretRotated | WorkspaceEvent;

function sealedIn(recorded: Recorded): SealedText | undefined {
  const event = recorded as Recorded<Sealing>;
  switch (event.type) {
    case 'SigningKeyMade':
      return { sealed: event.data.privateJwk, context: `signing-key:${event.data.keyId}` };
    case 'WebhookCreated':
    case 'WebhookChanged':
    case 'WebhookSecretRotated': {
      const { secret: sealed, webhookId } = event.data;
      return sealed === null ? undefined : { sealed, context: secretContext(webhookId) };
    }
    case 'LocationOpened':
    case 'WorkspaceSecretRotated':
      return { sealed: event.data.secret, context: workspaceSecretContext(event.data.workspaceId) };
    case 'WorkspaceRegistered': {
      const { location, workspaceId } = event.data;
      return location && { sealed: location.secret, context: workspaceSecretContext(workspaceId) };
    }
    default:
      return undefined;
  }
}
