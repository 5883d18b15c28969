import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { categoryOfStream, type EventMetadata, type Position, type Recorded } from '../../kernel/index.ts';

export type Sized = { readonly event: Recorded; /** Bytes of its data. */ readonly size: number };

/**
 * What the server gives as ours. `undefined` for what it keeps in our streams itself (the mark of a deletion), or what somebody else
 * wrote there that is no event of an installation.
 */
export function recordedOf(read: ReadResp.ReadEvent, prefix: string): Sized | undefined {
  const event = read.getEvent();
  const name = text(event?.getStreamIdentifier()?.getStreamName_asU8());
  const [type, contentType] = [event?.getMetadataMap().get('type'), event?.getMetadataMap().get('content-type')];
  const stream = name.slice(prefix.length);
  if (!event || !type || type.startsWith('$') || contentType !== 'application/json') return undefined;
  if (!name.startsWith(prefix) || stream.startsWith('$') || !stream.includes('-')) return undefined;
  const [data, metadata] = [event.getData_asU8(), event.getCustomMetadata_asU8()];
  const [parsed, parsedMetadata] = [objectOf(data), objectOf(metadata)];
  if (!parsed || !parsedMetadata) return undefined;
  return {
    size: data.length,
    event: {
      type,
      data: parsed,
      id: event.getId()?.getString() ?? '',
      stream,
      category: categoryOfStream(stream),
      revision: exactly(event.getStreamRevision()),
      position: exactly(event.getCommitPosition()),
      metadata: parsedMetadata as EventMetadata,
    },
  };
}

/** Where an event of anybody stands. */
export const positionOf = (read: ReadResp.ReadEvent): Position => exactly(read.getEvent()?.getCommitPosition());

/** @throws {RangeError} beyond 2^53, rather than to round; so does the number for "none", which is 2^64 - 1. */
export function exactly(number: string | undefined): number {
  const exact = Number(number);
  if (!Number.isSafeInteger(exact)) throw new RangeError(`The event store gave ${number} as a position or revision.`);
  return exact;
}

function objectOf(json: Uint8Array): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text(json));
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const text = (bytes: Uint8Array | undefined): string =>
  bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : '';
