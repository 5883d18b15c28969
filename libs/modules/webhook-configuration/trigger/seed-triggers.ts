import {
  protectedCount,
  protectedDevices,
  protectedUsers,
  subscription,
  workspaceCreated,
  workspaceStatus,
} from './seed-schemas.ts';
import { TEST_TRIGGER } from './trigger-catalog.ts';
import type { TriggerDefinition } from './trigger.events.ts';

const user = { id: 'user-1', email: 'ada@company1.example', displayName: 'Ada' };
const device = { id: 'device-7', hostname: 'ada-laptop', osType: 'windows', userEmail: user.email };

/** What the catalog begins with. It is data: from here on the catalog is the stream, and operators extend it. */
export const seedTriggers: readonly TriggerDefinition[] = [
  {
    type: 'workspace-created',
    label: 'Workspace created',
    description: 'A workspace was created, directly or for a customer of a channel workspace.',
    schema: workspaceCreated,
    example: {
      companyName: 'company1',
      displayName: 'company1',
      domain: 'company1.example',
      type: 'child',
      maxProtectedUsers: '25',
      notificationLevel: 'parent',
      parentWorkspaceId: 'parentWorkspace',
      adminEmails: '',
      workspaceCreationTime: '1641009600000',
      subscriptionType: 'initial',
    },
  },
  {
    type: 'workspace-status-updated',
    label: 'Workspace status updated',
    description: 'A workspace changed its status, for instance because it was suspended or became active again.',
    schema: workspaceStatus,
    example: { status: 'suspended', previousStatus: 'active' },
  },
  {
    type: 'subscription-updated',
    label: 'Subscription updated',
    description: 'The subscription of a workspace changed its type or its limits.',
    schema: subscription,
    example: { subscriptionType: 'paid', previousSubscriptionType: 'trial', maxProtectedUsers: '50' },
  },
  {
    type: 'protected-users-added',
    label: 'Protected users added',
    description: 'Users of a workspace came under protection.',
    schema: protectedUsers,
    example: { users: [user] },
  },
  {
    type: 'protected-users-updated',
    label: 'Protected users updated',
    description: 'Details of protected users changed, such as their name or status.',
    schema: protectedUsers,
    example: { users: [{ ...user, status: 'inactive' }] },
  },
  {
    type: 'protected-users-deleted',
    label: 'Protected users deleted',
    description: 'Users of a workspace are no longer protected.',
    schema: protectedUsers,
    example: { users: [user] },
  },
  {
    type: 'protected-users-count-updated',
    label: 'Number of protected users updated',
    description: 'The number of protected users of a workspace changed, as billing counts them.',
    schema: protectedCount,
    example: { count: '26', previousCount: '25' },
  },
  {
    type: 'protected-devices-added',
    label: 'Protected devices added',
    description: 'Devices of a workspace came under protection.',
    schema: protectedDevices,
    example: { devices: [device] },
  },
  {
    type: 'protected-devices-updated',
    label: 'Protected devices updated',
    description: 'Details of protected devices changed, such as their name or status.',
    schema: protectedDevices,
    example: { devices: [{ ...device, status: 'offline' }] },
  },
  {
    type: 'protected-devices-deleted',
    label: 'Protected devices deleted',
    description: 'Devices of a workspace are no longer protected.',
    schema: protectedDevices,
    example: { devices: [device] },
  },
  {
    type: 'protected-devices-count-updated',
    label: 'Number of protected devices updated',
    description: 'The number of protected devices of a workspace changed.',
    schema: protectedCount,
    example: { count: '31', previousCount: '30' },
  },
  {
    type: TEST_TRIGGER,
    label: 'Test alert',
    description: 'Sent to one webhook when it is created and when someone asks for it; no event stands behind it.',
    schema: { type: 'object', properties: { message: { type: 'string' } } },
    example: { message: 'This is a test alert.' },
  },
];
