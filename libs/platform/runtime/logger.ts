import type { Logger } from 'pino';

export const LOGGER = Symbol('Logger');
export type { Logger };
