export * from './backoff.ts';
export * from './kept-clock.ts';
export * from './logger.ts';
export * from './manual-clock.ts';
export * from './pause.ts';
export * from './request-context.ts';
export * from './system.ts';
