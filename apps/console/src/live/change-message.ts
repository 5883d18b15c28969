/** What the server says has changed, of the workspace that is shown. */
export type ChangeMessage = {
  readonly webhooks: readonly string[];
  /** The newest ids of each webhook; `count` may be more. */
  readonly deliveries: readonly {
    readonly webhookId: string;
    readonly count: number;
    readonly ids: readonly string[];
  }[];
  readonly redeliveries: readonly string[];
  readonly lists: readonly string[];
};

const NOTHING: ChangeMessage = { webhooks: [], deliveries: [], redeliveries: [], lists: [] };

/** Undefined for what is no such message: then everything is read again. */
export function changeMessageOf(text: string): ChangeMessage | undefined {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === 'object' && said !== null ? { ...NOTHING, ...said } : undefined;
  } catch {
    return undefined;
  }
}
