import type { Dialect } from '../../webhook-configuration/contract.ts';

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

/** The body in the workspace dialect, from which the other is derived: `inDialect` needs `data` to come last. */
export const renderAlert = ({ id, timestamp, workspaceId, type, data }: AlertSource): string =>
  JSON.stringify({ id, timestamp: String(timestamp), workspaceId, type, data });

const DATA = ',"data":';

/**
 * The exact bytes that are signed and sent, the same on every attempt: in the location dialect an array that holds `data` alone.
 *
 * Cutting it out spares parsing what may be large. Where `,"data":` comes first, the member begins: a quote inside a string is escaped,
 * so this one begins a string or ends one, and what it ends no letter follows; and no member before has that name. The value goes up to
 * the brace that closes the alert.
 */
export const inDialect = (dialect: Dialect, alert: string): string =>
  dialect === 'location' ? `[${alert.slice(alert.indexOf(DATA) + DATA.length, -1)}]` : alert;
