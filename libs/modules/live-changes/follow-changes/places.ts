import { Refusal } from '../../../platform/kernel/index.ts';
import { ancestorsOf, type WorkspaceDirectory } from '../../identity/contract.ts';

const MOST = 1_000;
const MOST_OF_ONE_TENANT = 200;
const MOST_OF_ONE_CALLER = 50;

export type Place = { readonly caller: string; readonly tenant: string };

/** The places of those who listen, or are about to, in this process. No tenant can take all, however many callers it has. */
export class Places {
  readonly #taken = new Set<Place>();

  constructor(private readonly directory: Pick<WorkspaceDirectory, 'get'>) {}

  get size(): number {
    return this.#taken.size;
  }

  /** @throws {Refusal} `unavailable` where there are too many. */
  take({ actor, workspaceId }: { readonly actor: string; readonly workspaceId: string }): Place {
    const place = { caller: actor, tenant: this.#tenantOf(workspaceId) };
    const all = [...this.#taken];
    const hasRoom =
      all.length < MOST &&
      all.filter(({ tenant }) => tenant === place.tenant).length < MOST_OF_ONE_TENANT &&
      all.filter(({ caller }) => caller === place.caller).length < MOST_OF_ONE_CALLER;
    if (!hasRoom) {
      const detail = 'Too many listen already; ask now and then instead.';
      throw new Refusal('unavailable', detail, { retryAfterSeconds: 60 });
    }
    this.#taken.add(place);
    return place;
  }

  leave(place: Place): void {
    this.#taken.delete(place);
  }

  /** The workspace below the root in whose subtree this one is; the root itself for its own callers. */
  #tenantOf(workspaceId: string): string {
    const parentOf = (id: string) => this.directory.get(id)?.parentWorkspaceId;
    return [workspaceId, ...ancestorsOf(workspaceId, parentOf)].at(-2) ?? workspaceId;
  }
}
