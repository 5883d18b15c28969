export type AlertSource = {
  /** The hook id. */
  readonly id: string;
  readonly timestamp: number;
  readonly workspaceId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** `version`: that of the shape `data` has. The body does not say it. */
export type VersionedAlert = AlertSource & { readonly version: string };

/** The exact bytes that are signed and sent, the same on every attempt. */
export const renderAlert = ({ id, timestamp, workspaceId, type, data }: AlertSource): string =>
  JSON.stringify({ id, timestamp: String(timestamp), workspaceId, type, data });
