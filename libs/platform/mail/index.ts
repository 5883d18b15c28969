export * from './hand-over.ts';
export * from './html-page.ts';
export * from './message-id.ts';
export * from './port.ts';
export * from './wording.ts';
