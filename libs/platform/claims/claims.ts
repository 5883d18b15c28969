import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { derivedInteger, Refusal, type CommandMetadata } from '../kernel/index.ts';
import { ClaimValue } from './claim.decider.ts';

/** Values that only one owner each may have. What a crash leaves claimed is there for its owner to claim again. */
@Injectable()
export class Claims {
  constructor(private readonly commands: CommandBus) {}

  /** False if it belongs to another owner. */
  async take(kind: string, value: string, ownerId: string, { at, actor, traceId }: CommandMetadata): Promise<boolean> {
    // Not the key: of two owners who share one, the second would pass for a repetition of the first.
    try {
      await this.commands.execute(new ClaimValue({ kind, value, ownerId }, { at, actor, traceId }));
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.kind === 'conflict') return false;
      throw error;
    }
  }

  /** A positive 31-bit integer that follows from the owner: asked for again, it is the same one. */
  async integer(kind: string, ownerId: string, metadata: CommandMetadata): Promise<number> {
    for (let attempt = 0; ; attempt++) {
      const value = derivedInteger(kind, ownerId, attempt);
      if (await this.take(kind, String(value), ownerId, metadata)) return value;
    }
  }
}
