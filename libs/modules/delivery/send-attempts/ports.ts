import type { OutboundAnswer, OutboundRequest } from '../../../platform/outbound-http/index.ts';

/** What the sender needs of the network. */
export interface Outbound {
  post(request: OutboundRequest): Promise<OutboundAnswer>;
}
export const OUTBOUND = Symbol('Outbound');
