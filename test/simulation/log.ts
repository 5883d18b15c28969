import {
  categoryOfStream,
  derivedId,
  Refusal,
  type AnyCommand,
  type CommandMetadata,
  type Decider,
  type DomainEvent,
  type Recorded,
} from '../../libs/platform/kernel/index.ts';

/** Every event there is, and what becomes of a command: as the store and its handlers do it, in memory. */
export class Log {
  readonly events: Recorded[] = [];
  readonly #streams = new Map<string, Recorded[]>();
  now = 0;

  by(actor: string): CommandMetadata {
    return { at: this.now, actor, traceId: 'trace' };
  }

  of<E extends DomainEvent>(category: string): Recorded<E>[] {
    return this.events.filter((event) => event.category === category) as Recorded<E>[];
  }

  stream(name: string): readonly Recorded[] {
    return this.#streams.get(name) ?? [];
  }

  execute(decider: Decider<unknown, AnyCommand, DomainEvent>, stream: string, command: AnyCommand): void {
    const { idempotencyKey, expectedRevision } = command.metadata;
    const idOf = (index: number) =>
      idempotencyKey === undefined ? this.#nextId(index) : derivedId(stream, idempotencyKey, index);
    const history = this.stream(stream);
    if (history.some(({ id }) => id === idOf(0))) return;
    const state = history.reduce(decider.evolve, decider.initialState());
    try {
      const events = decider.decide(command, state);
      if (expectedRevision !== undefined && expectedRevision !== history.length - 1) return;
      this.append(stream, events, command.metadata, idOf);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  append(
    stream: string,
    events: readonly DomainEvent[],
    { actor, traceId } = this.by('client:tester'),
    idOf = (index: number) => this.#nextId(index),
  ): Recorded[] {
    const before = this.stream(stream);
    const recorded = events.map((event, i) => ({
      ...(JSON.parse(JSON.stringify(event)) as DomainEvent),
      id: idOf(i),
      stream,
      category: categoryOfStream(stream),
      revision: before.length + i,
      position: this.events.length + i,
      metadata: { at: this.now, actor, traceId },
    }));
    this.events.push(...recorded);
    this.#streams.set(stream, [...before, ...recorded]);
    return recorded;
  }

  #nextId(index: number): string {
    return `${this.events.length + index}`;
  }
}
