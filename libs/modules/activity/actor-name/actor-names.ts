import { Injectable } from '@nestjs/common';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { actorNames, type ActorName } from './actor-names.projection.ts';

const OURSELVES = /^(system|ingestion|saga:.*)$/;

/** What the installation does by itself is done by nobody in particular. */
@Injectable()
export class ActorNames {
  constructor(@InjectDocuments(actorNames) private readonly documents: Collection<ActorName>) {}

  /** Looked up at once, for whoever is asked for then: null for who is not known by a name. */
  async of(actors: readonly string[]): Promise<(actor: string) => string | null> {
    const stored = await this.documents.getMany([...new Set(actors)]);
    const names = new Map(stored.map(({ id, document }) => [id, document.name]));
    return (actor) => (OURSELVES.test(actor) ? 'System' : (names.get(actor) ?? null));
  }
}
