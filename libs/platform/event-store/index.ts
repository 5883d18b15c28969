export * from './decide-and-append.ts';
export * from './lately.ts';
export * from './port.ts';
