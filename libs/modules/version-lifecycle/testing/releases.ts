import type { TriggerRelease } from '../webhook-version/webhook-version.events.ts';

type JsonObject = Readonly<Record<string, unknown>>;
export type Release = { readonly name: string; readonly triggers: Readonly<Record<string, TriggerRelease>> };

const text = { type: 'string' };
const integer = { type: 'integer', minimum: 0 };
const moment = { type: 'string', format: 'date-time', pattern: 'Z$' };
const oneOf = (...values: readonly string[]) => ({ type: 'string', enum: values });
const listOf = (items: JsonObject) => ({ type: 'array', minItems: 1, items });
const object = (required: readonly string[], properties: Record<string, JsonObject>) => ({
  type: 'object',
  required,
  properties,
});

const workspace = {
  companyName: text,
  displayName: text,
  domain: text,
  type: oneOf('regular', 'channel', 'child'),
  limits: object([], { protectedUsers: integer }),
  notificationLevel: oneOf('none', 'parent', 'all'),
  parentWorkspaceId: text,
  adminEmails: { type: 'array', items: text },
};
const workspaceExample = {
  companyName: 'company1',
  displayName: 'company1',
  domain: 'company1.example',
  type: 'child',
  limits: { protectedUsers: 25 },
  notificationLevel: 'parent',
  parentWorkspaceId: 'parentWorkspace',
  adminEmails: ['ada@company1.example', 'bo@company1.example'],
};
const named = ['companyName', 'displayName', 'type'];
const name = object([], { given: text, family: text });
const ada = { given: 'Ada', family: 'Lovelace' };

const count: TriggerRelease = {
  schema: object(['count'], { count: integer, previousCount: integer }),
  example: { count: 26, previousCount: 25 },
  downgrade: '$ ~> |$|{"count": $string(count), "previousCount": $string(previousCount)}|',
};

const namedUsers: TriggerRelease = {
  schema: object(['users'], { users: listOf(object(['email'], { id: text, email: text, name, status: text })) }),
  example: { users: [{ id: 'user-1', email: 'ada@company1.example', name: ada }] },
  downgrade: '$ ~> |users|{"displayName": $exists(name) ? $join([name.given, name.family], " ")}, ["name"]|',
};

const reachableUsers: TriggerRelease = {
  schema: object(['users'], {
    users: listOf(object(['emails'], { id: text, emails: listOf(text), name, active: { type: 'boolean' } })),
  }),
  example: { users: [{ id: 'user-1', emails: ['ada@company1.example'], name: ada, active: true }] },
  downgrade: `$ ~> |users|{
    "email": emails[0],
    "status": $exists(active) ? (active ? "active" : "inactive")
  }, ["emails", "active"]|`,
};

const ownedDevices: TriggerRelease = {
  schema: object(['devices'], {
    devices: listOf(
      object(['id', 'os'], {
        id: text,
        hostname: text,
        os: object(['family'], { family: oneOf('windows', 'macos', 'linux'), version: text }),
        owner: object(['emails'], { emails: listOf(text) }),
        status: text,
      }),
    ),
  }),
  example: {
    devices: [
      {
        id: 'device-7',
        hostname: 'ada-laptop',
        os: { family: 'windows', version: '11' },
        owner: { emails: ['ada@company1.example'] },
      },
    ],
  },
  downgrade: '$ ~> |devices|{"osType": os.family, "userEmail": owner.emails[0]}, ["os", "owner"]|',
};

/** Two releases after the first version, oldest first, of the kind that installations make. */
export const releases: readonly Release[] = [
  {
    name: '2026-06-01',
    triggers: {
      'workspace-created': {
        schema: object(named, { ...workspace, workspaceCreationTime: text, subscriptionType: text }),
        example: { ...workspaceExample, workspaceCreationTime: '1641009600000', subscriptionType: 'initial' },
        downgrade: `$ ~> |$|{
          "maxProtectedUsers": $string(limits.protectedUsers),
          "adminEmails": $join(adminEmails, ",")
        }, ["limits"]|`,
      },
      'subscription-updated': {
        schema: object(['subscriptionType'], {
          subscriptionType: text,
          previousSubscriptionType: text,
          limits: object([], { protectedUsers: integer }),
        }),
        example: { subscriptionType: 'paid', previousSubscriptionType: 'trial', limits: { protectedUsers: 50 } },
        downgrade: '$ ~> |$|{"maxProtectedUsers": $string(limits.protectedUsers)}, ["limits"]|',
      },
      'protected-users-added': namedUsers,
      'protected-users-updated': namedUsers,
      'protected-users-deleted': namedUsers,
      'protected-users-count-updated': count,
      'protected-devices-count-updated': count,
    },
  },
  {
    name: '2026-11-01',
    triggers: {
      'workspace-created': {
        schema: object(named, { ...workspace, createdAt: moment, subscription: object(['type'], { type: text }) }),
        example: { ...workspaceExample, createdAt: '2022-01-01T04:00:00.000Z', subscription: { type: 'initial' } },
        downgrade: `$ ~> |$|{
          "workspaceCreationTime": $string($toMillis(createdAt)),
          "subscriptionType": subscription.type
        }, ["createdAt", "subscription"]|`,
      },
      'workspace-status-updated': {
        schema: object(['status'], { status: object(['to'], { from: text, to: text }), reason: text }),
        example: { status: { from: 'active', to: 'suspended' } },
        downgrade: '$ ~> |$|{"status": status.to, "previousStatus": status.from}|',
      },
      'subscription-updated': {
        schema: object(['subscription'], {
          subscription: object(['type'], { type: text, previousType: text }),
          limits: object([], { protectedUsers: integer }),
        }),
        example: { subscription: { type: 'paid', previousType: 'trial' }, limits: { protectedUsers: 50 } },
        downgrade: `$ ~> |$|{
          "subscriptionType": subscription.type,
          "previousSubscriptionType": subscription.previousType
        }, ["subscription"]|`,
      },
      'protected-users-added': reachableUsers,
      'protected-users-updated': reachableUsers,
      'protected-users-deleted': reachableUsers,
      'protected-devices-added': ownedDevices,
      'protected-devices-updated': ownedDevices,
      'protected-devices-deleted': ownedDevices,
    },
  },
];
