import { randomUUID } from 'node:crypto';

/** 32 hexadecimal characters. */
export const newTraceId = (): string => randomUUID().replaceAll('-', '');

/** Version 00 ends after the flags; a later one may go on after another hyphen; ff is none. */
const TRACEPARENT =
  /^(?:00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$|(?!00|ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-|$))/;

/** The caller's trace (W3C `traceparent`), or a new one when it is absent or malformed. */
export function traceIdOf(traceparent: string | string[] | undefined): string {
  const found = TRACEPARENT.exec(String(traceparent));
  const [traceId, parentId] = [found?.[1] ?? found?.[3], found?.[2] ?? found?.[4]];
  const isGiven = traceId !== undefined && !/^0+$/.test(traceId) && !/^0+$/.test(parentId ?? '');
  return isGiven ? traceId : newTraceId();
}
