export * from './ownership.ts';
export * from './ownerships.ts';
export * from './partitions.ts';
export * from './port.ts';
export * from './share.ts';
export * from './sole-owner.ts';
