export * from './guard.ts';
export * from './input.ts';
export * from './json-schema.ts';
export * from './paging.ts';
export * from './principal.ts';
export * from './problem.filter.ts';
export * from './problem.ts';
export * from './route.ts';
