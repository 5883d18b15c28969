export * from './counted-page.ts';
export * from './filled-page.ts';
export * from './port.ts';
