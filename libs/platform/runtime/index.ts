export * from './backoff.ts';
export * from './logger.ts';
export * from './manual-clock.ts';
export * from './request-context.ts';
export * from './system.ts';
