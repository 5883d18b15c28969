import type { AllStreamRecordedEvent, RecordedEvent } from '@eventstore/db-client';
import type { JsonObject, PlatformMessage } from '../port.ts';

/** A recorded event as the platform's message. The client gives text that is no JSON as text, and other content as bytes. */
export function platformMessageOf(event: RecordedEvent | AllStreamRecordedEvent): PlatformMessage {
  return {
    id: event.id,
    stream: event.streamId,
    revision: Number(event.revision),
    type: event.type,
    data: objectIn(event.data),
    metadata: objectIn(event.metadata),
    createdAt: event.created.getTime(),
  };
}

const objectIn = (content: unknown): JsonObject | undefined =>
  typeof content === 'object' && content !== null && !Array.isArray(content) && !ArrayBuffer.isView(content)
    ? (content as JsonObject)
    : undefined;
