import type { Principal } from '../../../platform/http/index.ts';
import { Refusal, type Position } from '../../../platform/kernel/index.ts';
import type { ChangeSet } from './change-set.ts';
import { ChangeStream } from './change-stream.ts';

export type ListenerOptions = {
  readonly caller: Principal;
  /** Rejects once it may no longer listen. */
  readonly callerNow: () => Promise<Principal>;
  /** The one workspace it looks at; else all that the caller reaches. */
  readonly workspaceId: string | undefined;
};

/** One client that is told of changes, for as long as it may be. */
export class Listener {
  readonly stream = new ChangeStream();
  #caller: Principal;

  constructor(private readonly options: ListenerOptions) {
    this.#caller = options.caller;
  }

  /** `missed`: something may have happened since the client was here last. */
  open(position: Position, missed: boolean): void {
    this.stream.send('open', { position }, position);
    if (missed) this.stream.send('resync', { position }, position);
  }

  async tell(changes: ChangeSet): Promise<void> {
    const { workspaceId } = this.options;
    if (!changes.concernsCallers && changes.messageFor({ caller: this.#caller, workspaceId }) === undefined) return;
    if (!(await this.#mayListen())) return;
    const message = changes.messageFor({ caller: this.#caller, workspaceId });
    const { position } = changes;
    if (message === 'too-much') this.stream.send('resync', { position }, position);
    else if (message) this.stream.send('changes', message, position);
  }

  async beat(): Promise<void> {
    if (await this.#mayListen()) this.stream.beat();
  }

  /** Whether the caller may still listen; ends it otherwise. */
  async #mayListen(): Promise<boolean> {
    const { callerNow, workspaceId } = this.options;
    try {
      this.#caller = await callerNow();
    } catch (error) {
      const isOver = error instanceof Refusal && (error.kind === 'unauthenticated' || error.kind === 'forbidden');
      // Nobody knows for the moment: the client is asked for its rights when it comes back.
      return isOver ? this.#end() : this.#cut();
    }
    return workspaceId === undefined || this.#caller.reaches(workspaceId) || this.#end();
  }

  #end(): false {
    this.stream.send('end', { reason: 'revoked' });
    this.stream.end();
    return false;
  }

  #cut(): false {
    this.stream.cut();
    return false;
  }
}
