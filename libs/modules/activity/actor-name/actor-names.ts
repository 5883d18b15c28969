import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { actorNames, type ActorName } from './actor-names.projection.ts';

/** Whoever acts in a workspace that is not theirs is of one above it. */
const THE_PLATFORM = 'Platform';
const OURSELVES = /^(system|ingestion|saga:.*)$/;

/** What the installation does by itself is done by nobody in particular. */
@Injectable()
export class ActorNames {
  constructor(@InjectDocuments(actorNames) private readonly documents: Collection<ActorName>) {}

  /**
   * Looked up at once, for whoever is asked for then: null for who is not known by a name. Of those whose workspace the reader does not
   * reach only that they are of the platform.
   */
  async of(actors: readonly string[], reader: Pick<Principal, 'reaches'>): Promise<(actor: string) => string | null> {
    const stored = await this.documents.getMany([...new Set(actors)]);
    const names = new Map(
      stored.map(({ id, document: { name, workspaceId } }) => [id, reader.reaches(workspaceId) ? name : THE_PLATFORM]),
    );
    return (actor) => (OURSELVES.test(actor) ? 'System' : (names.get(actor) ?? null));
  }
}
