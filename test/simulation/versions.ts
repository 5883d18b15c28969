import type { DeliveryDocument } from '../../libs/modules/delivery/delivery/deliveries.projection.ts';
import type { PlatformEventReceived } from '../../libs/modules/delivery/contract.ts';
import type { VersionReleased } from '../../libs/modules/version-lifecycle/contract.ts';
import { FIRST_VERSION, type WebhookEvent } from '../../libs/modules/webhook-configuration/contract.ts';
import type { Log } from './log.ts';

const MOST = 5;

/** The releases of the installation. What they are called says nothing of their order. */
export class Versions {
  /** Oldest first. */
  readonly all: string[] = [];

  constructor(private readonly log: Log) {
    this.release();
  }

  release(): void {
    if (this.all.length === MOST) return;
    const version = this.all.length === 0 ? FIRST_VERSION : `v${MOST - this.all.length}`;
    const data = { version, notes: '', triggers: {}, supersedes: null };
    this.log.append('webhookVersion-releases', [{ type: 'VersionReleased', data } satisfies VersionReleased]);
    this.all.push(version);
  }

  /** That many before the newest, or the newest where there are not as many. */
  behind(count: number): string {
    return this.all.at(-1 - count) ?? this.all.at(-1) ?? FIRST_VERSION;
  }

  /** What the histories of webhook and event say a delivery is in. */
  owedIn({ eventId, eventPosition, kind }: DeliveryDocument): string | undefined {
    const pinned = this.log
      .of<WebhookEvent>('webhook')
      .filter(({ position }) => position <= eventPosition)
      .reduce((version, { type, data }) => (isPinning(type) ? (data as { version: string }).version : version), '');
    if (kind === 'test') return pinned;
    const [received] = this.log.stream(`platformEvent-${eventId}`);
    const fits = (received as unknown as PlatformEventReceived).data.version ?? '';
    return this.all[Math.min(this.all.indexOf(pinned), this.all.indexOf(fits))];
  }
}

const isPinning = (type: string): boolean => type === 'WebhookCreated' || type === 'WebhookChanged';
