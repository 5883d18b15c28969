export * from './decide-and-append.ts';
export * from './port.ts';
