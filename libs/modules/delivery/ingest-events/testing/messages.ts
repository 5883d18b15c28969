import type { PlatformMessage } from '../../../../platform/platform-streams/index.ts';

export const AT = 1_700_000_000_000;

export const messageWith = (changes: Partial<PlatformMessage> = {}): PlatformMessage => ({
  id: '7d9f5c1e-3a9f-4a57-9d55-5a1d8d8f2b11',
  stream: 'orders-7',
  revision: 4,
  type: 'order-paid',
  data: { amount: 1 },
  metadata: { workspaceId: 'w' },
  createdAt: AT,
  ...changes,
});
