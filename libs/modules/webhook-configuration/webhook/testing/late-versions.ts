import type { WebhookVersions } from '../webhook-versions.ts';

type Told = { readonly live: readonly string[]; readonly withdrawn: Readonly<Record<string, string>> };

/** The versions in a process that is told more of them by the next `caughtUp`. */
export class LateVersions implements WebhookVersions {
  /** How often it was. */
  asked = 0;

  constructor(
    private told: Told,
    private readonly next: Told,
  ) {}

  current = () => this.told.live[0] ?? '';
  live = () => this.told.live;
  withdrawn = () => new Map(Object.entries(this.told.withdrawn));
  /** All but the newest expire some day. */
  expirationOf = (version: string) =>
    this.told.live.indexOf(version) > 0 ? { expiresAt: 3, warnAt: 2, disableAt: 4 } : null;
  shapeOf = () => undefined;
  isReshaped = () => false;

  async caughtUp(): Promise<void> {
    this.asked++;
    this.told = this.next;
  }
}
