export { addressPolicy, parseCidrs, type AddressPolicy, type AddressVerdict } from './address-policy.ts';
export type { Resolve, ResolvedAddress } from './name-cache.ts';
export {
  errorDescriptions,
  OutboundRefused,
  type ErrorClass,
  type OutboundAnswer,
  type OutboundAnswered,
  type OutboundFailed,
  type OutboundRequest,
} from './outbound-answer.ts';
export { OutboundClient, type OutboundOptions } from './outbound-client.ts';
export { MAX_URL_LENGTH, parseTarget, targetProblem } from './target-url.ts';
