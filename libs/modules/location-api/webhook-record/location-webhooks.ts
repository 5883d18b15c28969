import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { locationWebhooks, type LocationWebhook } from './location-webhooks.projection.ts';

/** Webhooks by their numbers, also those that the dialect cannot express. */
@Injectable()
export class LocationWebhooks {
  constructor(@InjectDocuments(locationWebhooks) private readonly documents: Collection<LocationWebhook>) {}

  /** Undefined for one that is removed, or in a workspace the caller does not reach. */
  async inReach(caller: Principal, number: number): Promise<LocationWebhook | undefined> {
    const where = [{ field: 'number', eq: number }];
    const { items } = await this.documents.find({ where, sort: { field: 'number', direction: 'asc' }, limit: 1 });
    const webhook = items[0]?.document;
    return webhook && !webhook.removed && caller.reaches(webhook.workspaceId) ? webhook : undefined;
  }

  /** @throws {Refusal} `not-found` for one that is not in reach. */
  async require(caller: Principal, number: number): Promise<LocationWebhook> {
    const webhook = await this.inReach(caller, number);
    if (!webhook) throw notFound('The webhook');
    return webhook;
  }
}
