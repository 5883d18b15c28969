import type { AxiosInstance, AxiosResponse } from 'axios';
import { pino } from 'pino';
import { openPlatformStreams } from '../../libs/platform/platform-streams/eventstoredb/event-store-db-platform-streams.ts';
import { CuttableWay } from '../../libs/platform/platform-streams/eventstoredb/testing/cuttable-way.ts';
import { PlatformWriter } from '../../libs/platform/platform-streams/eventstoredb/testing/platform-writer.ts';
import { createWebhook, registerWorkspace, unique } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { Receiver } from '../support/receiver.ts';

export type Parked = {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly workspaceId: string | null;
  readonly errors: readonly { field: string }[];
};

export const TYPE = 'subscription-updated';

type Changes = { workspaceId?: string; id?: string; type?: string; data?: Record<string, string> };

/** A message whose event fits its trigger, in workspace `w` unless it says otherwise. */
export const message = ({
  workspaceId = 'w',
  id = unique('order'),
  type = TYPE,
  data = { subscriptionType: 'pro' },
}: Changes = {}) => ({ type, data, metadata: { workspaceId, id } });

/** An installation that takes in the platform's streams of orders, with a workspace `w` and its webhook. */
export class IngestingInstallation {
  /** How many messages the streams have handed over. */
  handedOver = 0;
  webhookId = '';
  installation!: Installation;

  private constructor(
    readonly platform: PlatformWriter,
    /** To the streams; the installation's own store is not behind it. */
    readonly way: CuttableWay,
    readonly receiver: Receiver,
  ) {}

  static async start(url: string): Promise<IngestingInstallation> {
    const platform = new PlatformWriter(url);
    const ingesting = new IngestingInstallation(platform, await CuttableWay.to(url), await Receiver.start());
    // What was there before is not taken in; this is the newest of it.
    await platform.append('elsewhere', {});
    await ingesting.#start();
    return ingesting;
  }

  async #start(): Promise<void> {
    const { platform, way, receiver } = this;
    const platformStreams = openPlatformStreams({
      url: way.url,
      prefixes: [platform.stream('orders')],
      ownPrefix: platform.installationPrefix,
      logger: pino({ level: 'silent' }),
    });
    const consume = platformStreams.consume.bind(platformStreams);
    platformStreams.consume = (handle) => consume((each) => (this.handedOver++, handle(each)));
    this.installation = await Installation.start({ platformStreams });
    await registerWorkspace(this.installation.api, 'w');
    this.webhookId = await createWebhook(this.installation.api, 'w', receiver.url);
    while ((await platform.groups())[0]?.consumers !== 1);
  }

  async dispose(): Promise<void> {
    await this.installation.dispose();
    await this.receiver.stop();
    await this.way.cut();
    await this.platform.close();
  }

  get api(): AxiosInstance {
    return this.installation.api;
  }

  /** Ids of the alerts that have arrived. */
  get alerts(): string[] {
    return this.receiver.events.map(({ body }) => body.id);
  }

  /** Resolves when so many events of the type are recorded, and all that follows from them is done. */
  async recorded(type: string, count = 1): Promise<void> {
    const feed = this.installation.parts.eventStore.follow({ after: -1, categories: ['platformEvent', 'parkedEvent'] });
    for (let seen = 0; seen < count;) {
      const batch = await feed.next();
      seen += batch?.events.filter((each) => each.type === type).length ?? Infinity;
    }
    feed.close();
    await this.installation.settled();
  }

  received(count = 1): Promise<void> {
    return this.recorded('PlatformEventReceived', count);
  }

  /** Resolves when the streams have nothing more to hand over. */
  async acknowledged(): Promise<void> {
    while ((await this.platform.groups())[0]?.unacknowledged !== 0);
  }

  async parked(query = '', api = this.api): Promise<Parked[]> {
    const { data } = await api.get<{ items: Parked[] }>(`/ingestion/parked${query}`);
    return data.items;
  }

  /** The one that is parked, once it is. */
  async onlyParked(): Promise<Parked> {
    await this.recorded('PlatformEventParked');
    const [one, ...more] = await this.parked('?status=parked');
    if (!one || more.length > 0) throw new Error(`${more.length + 1} are parked.`);
    return one;
  }

  settle(id: string, how: 'replay' | 'drop', api = this.api): Promise<AxiosResponse> {
    return api.post(`/ingestion/parked/${id}/${how}`);
  }

  /** Kinds of the entries of the audit trail about parked events, newest first. */
  async activity(): Promise<string[]> {
    const { data } = await this.api.get<{ items: { kind: string }[] }>('/activity?limit=5');
    return data.items.map(({ kind }) => kind).filter((kind) => kind.includes('parked'));
  }
}
