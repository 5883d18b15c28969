import type { FieldError } from '../../../platform/kernel/index.ts';
import type { PlatformMessage } from '../../../platform/platform-streams/index.ts';
import { workspaceIdSchema } from '../../identity/contract.ts';

/** As deep as the bodies of requests: what is nested deeper cannot be told to be written, and read, by everyone later. */
const DEEPEST_DATA = 64;

/** An item for the door, of which more than this is not checked yet. */
export type MessageItem = { readonly type: string; readonly workspaceId: string } & Readonly<Record<string, unknown>>;

/**
 * What a message of the platform's publishes: its type and data as they are; of its metadata `workspaceId`, `id` (else its own UUID)
 * and `timestamp` (else the time it was appended).
 */
export function itemOf(message: PlatformMessage): { item: MessageItem } | { errors: FieldError[] } {
  const { type, data, metadata = {} } = message;
  const { workspaceId, id = message.id, timestamp = message.createdAt } = metadata;
  const errors: FieldError[] = [];
  if (!data) errors.push({ field: 'data', message: 'is not a JSON object' });
  else if (isDeeperThan(DEEPEST_DATA, data))
    errors.push({ field: 'data', message: `is nested deeper than ${DEEPEST_DATA} levels` });
  const workspace = workspaceIdSchema.safeParse(workspaceId);
  if (!workspace.success) {
    const fault = workspace.error.issues[0]?.message ?? 'is invalid';
    errors.push({ field: 'workspaceId', message: workspaceId === undefined ? 'is required' : fault });
  }
  if (!workspace.success || errors.length > 0) return { errors: errors.map(inMessage) };
  return { item: { id, type, workspaceId: workspace.data, timestamp, data } };
}

const IN_METADATA = ['id', 'workspaceId', 'timestamp'];

/** An error of an item, told by where it is in the message. */
export const inMessage = ({ field, message }: FieldError): FieldError => ({
  field: IN_METADATA.includes(field) ? `metadata.${field}` : field,
  message,
});

function isDeeperThan(limit: number, value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  return limit === 0 || Object.values(value).some((member) => isDeeperThan(limit - 1, member));
}
