import { AsyncLocalStorage } from 'node:async_hooks';
import type { Position } from '../kernel/index.ts';

/** What one request, or one step of a saga, carries along without handing it from function to function. */
export type RequestContext = {
  readonly traceId: string;
  /** By category, the newest position this request has appended: what its answer has to wait for. */
  readonly appended: Map<string, Position>;
};

const storage = new AsyncLocalStorage<RequestContext>();

export const runInContext = <T>(traceId: string, work: () => T): T =>
  storage.run({ traceId, appended: new Map() }, work);
export const currentContext = (): RequestContext | undefined => storage.getStore();
