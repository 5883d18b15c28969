export * from './follower.ts';
export * from './owned-tasks.ts';
export * from './progress.ts';
export * from './projection-runner.ts';
export * from './projections.ts';
export * from './providers.ts';
export * from './resident-documents.ts';
export * from './sagas.ts';
