export * from './failure-limit.ts';
export * from './network-of.ts';
export * from './scrypt-hash.ts';
export * from './token-hash.ts';
