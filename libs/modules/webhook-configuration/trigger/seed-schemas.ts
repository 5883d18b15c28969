import type { JsonObject } from './trigger.events.ts';

const text: JsonObject = { type: 'string' };
const oneOf = (...values: readonly string[]): JsonObject => ({ type: 'string', enum: values });
/** As everywhere in an alert, a number travels as a string. */
const count: JsonObject = { type: 'string', pattern: '^[0-9]+$' };

const object = (required: readonly string[], properties: Record<string, JsonObject>): JsonObject => ({
  type: 'object',
  required,
  properties,
});
const listOf = (items: JsonObject): JsonObject => ({ type: 'array', minItems: 1, items });

/** Beyond what is required, properties may be absent, and unknown ones pass: publishers may know more than the catalog. */
export const workspaceCreated = object(['companyName', 'displayName', 'type'], {
  companyName: text,
  displayName: text,
  domain: text,
  type: oneOf('regular', 'channel', 'child'),
  maxProtectedUsers: text,
  notificationLevel: oneOf('none', 'parent', 'all'),
  parentWorkspaceId: text,
  adminEmails: text,
  workspaceCreationTime: text,
  subscriptionType: text,
});

export const workspaceStatus = object(['status'], { status: text, previousStatus: text, reason: text });

export const subscription = object(['subscriptionType'], {
  subscriptionType: text,
  previousSubscriptionType: text,
  maxProtectedUsers: text,
});

export const protectedUsers = object(['users'], {
  users: listOf(object(['email'], { id: text, email: text, displayName: text, status: text })),
});

export const protectedDevices = object(['devices'], {
  devices: listOf(object(['id'], { id: text, hostname: text, osType: text, userEmail: text, status: text })),
});

export const protectedCount = object(['count'], { count, previousCount: count });
