import { createHash } from 'node:crypto';

/** The same text for the same JSON value, whatever order its keys came in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

export type Fingerprint = {
  /** SHA-256 of type, workspace and data: what two publications of one id share if they are the same event. A retry may carry a new timestamp. */
  readonly digest: string;
  /** Of `data` as JSON, in UTF-8. */
  readonly bytes: number;
};

export function fingerprint(event: { type: string; workspaceId: string; data: unknown }): Fingerprint {
  const data = canonicalJson(event.data);
  const digest = createHash('sha256')
    .update(JSON.stringify([event.type, event.workspaceId]))
    .update(data)
    .digest('hex');
  return { digest, bytes: Buffer.byteLength(data) };
}
