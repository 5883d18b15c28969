import { listenForAlerts, type AlertListener, type Arrival } from './alert-listener.ts';

/** What an alert's body says about itself. */
export type Envelope = {
  readonly id: string;
  readonly timestamp: string;
  readonly workspaceId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
};

export type Alert = Arrival & { readonly envelope: Envelope };

/** A receiver in this process that keeps what arrives, and answers everything with one status. */
export class Inbox {
  readonly alerts: Alert[] = [];
  #listener: AlertListener | undefined;

  static async open(status: number): Promise<Inbox> {
    const inbox = new Inbox();
    inbox.#listener = await listenForAlerts({
      port: 0,
      status,
      onArrival: (arrival) => inbox.alerts.push({ ...arrival, envelope: JSON.parse(arrival.body) as Envelope }),
    });
    return inbox;
  }

  get url(): string {
    return `${this.#listener?.url}/alerts`;
  }

  of(type: string, id?: string): Alert[] {
    return this.alerts.filter(({ envelope }) => envelope.type === type && (id === undefined || envelope.id === id));
  }

  async close(): Promise<void> {
    await this.#listener?.close();
  }
}
