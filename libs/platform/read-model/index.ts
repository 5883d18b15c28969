export * from './filled-page.ts';
export * from './port.ts';
