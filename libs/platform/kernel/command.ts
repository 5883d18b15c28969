import type { z } from 'zod';

/** Who asked, when and under which trace. Everything a decider may not read for itself arrives here. */
export type CommandMetadata = {
  /** Milliseconds since the epoch, by the Clock port. */
  readonly at: number;
  /** `client:<id>`, `user:<id>`, `link:<id>`, `saga:<name>`, `ingestion` or `system`. */
  readonly actor: string;
  readonly traceId: string;
  /** Set when the caller insists on the state it saw (`If-Match`); a different revision refuses the command. */
  readonly expectedRevision?: number;
  /**
   * Makes the ids of the events derivable, so that a repeated command appends nothing new. It is not decided again either: two
   * different commands to one stream need two keys.
   */
  readonly idempotencyKey?: string;
};

export type AnyCommand = { readonly type: string; readonly data: unknown; readonly metadata: CommandMetadata };

export type CommandClass<T extends string = string, S extends z.ZodType = z.ZodType> = {
  new (
    data: z.infer<S>,
    metadata: CommandMetadata,
  ): { readonly type: T; readonly data: Readonly<z.infer<S>>; readonly metadata: CommandMetadata };
  readonly type: T;
  readonly schema: S;
};

/** Any command class: what the bus and the generic handler need to know. */
export type AnyCommandClass = {
  new (data: never, metadata: CommandMetadata): AnyCommand;
  readonly type: string;
  readonly schema: z.ZodType;
};

/**
 * One declaration is the bus token, the type tag, the validation and the TypeScript type of a command (ADR 3).
 * Nest's bus finds handlers by class, so a command has to be one; everything else about it is data.
 */
export function command<T extends string, S extends z.ZodType>(type: T, schema: S): CommandClass<T, S> {
  return class {
    static readonly type = type;
    static readonly schema = schema;
    readonly type = type;
    constructor(
      readonly data: Readonly<z.infer<S>>,
      readonly metadata: CommandMetadata,
    ) {}
  };
}
