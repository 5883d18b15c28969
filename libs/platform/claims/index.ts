export { claim, ClaimValue, streamIdOfClaim, type Claimed } from './claim.decider.ts';
export { Claims } from './claims.ts';
