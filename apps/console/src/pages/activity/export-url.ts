export type ActivityQuery = {
  readonly actor?: string | undefined;
  /** Separated by commas. */
  readonly kind?: string | undefined;
  readonly webhook?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly search?: string | undefined;
};

/**
 * Where the file is. A link sends no header `Workspace`, so the workspace stands in the query; without one it is all that is in reach.
 */
export function exportUrl(query: ActivityQuery, workspaceId: string | undefined, format: 'ndjson' | 'csv'): string {
  const asked = { format, ...query, workspace: workspaceId };
  const entries = Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return `/activity/export?${new URLSearchParams(entries).toString()}`;
}
