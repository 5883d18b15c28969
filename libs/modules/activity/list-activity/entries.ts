import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection, Query } from '../../../platform/read-model/index.ts';
import { ActorNames } from '../actor-name/actor-names.ts';
import { activity, type ActivityEntry } from './activity.projection.ts';
import { viewOf, type EntryView } from './entry-view.ts';

/** The audit trail as it is shown. */
@Injectable()
export class Entries {
  constructor(
    @InjectDocuments(activity) private readonly documents: Collection<ActivityEntry>,
    private readonly names: ActorNames,
  ) {}

  /** Newest first. The query finds what the reader may see; the names are those that the reader may know. */
  async page(
    query: Query,
    reader: Pick<Principal, 'reaches'>,
  ): Promise<{ items: EntryView[]; nextCursor: string | null }> {
    const { items, nextCursor } = await this.documents.find(query);
    const nameOf = await this.names.of(
      items.map(({ document }) => document.actor),
      reader,
    );
    return { items: items.map(({ document }) => viewOf(document, nameOf(document.actor))), nextCursor };
  }
}
