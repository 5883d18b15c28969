export * from './config.ts';
export * from './public-url.ts';
