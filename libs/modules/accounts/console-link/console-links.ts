import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { consoleLinks, type ConsoleLinkDocument } from './console-links.projection.ts';

/** What is known of links by their ids. */
@Injectable()
export class ConsoleLinks {
  constructor(
    @InjectDocuments(consoleLinks) private readonly documents: Pick<Collection<ConsoleLinkDocument>, 'get'>,
  ) {}

  /** The origin whose pages may show the console in a frame; null if none may, or there is no such link. */
  async embedderOf(linkId: string): Promise<string | null> {
    return (await this.documents.get(linkId))?.document.embedIn ?? null;
  }

  /** @throws {Refusal} `not-found` if there is no such link, or its workspace is out of the caller's reach. */
  async requireWithin(caller: Principal, linkId: string): Promise<void> {
    const stored = await this.documents.get(linkId);
    if (!stored || !caller.reaches(stored.document.workspaceId)) throw notFound('The link');
  }
}
