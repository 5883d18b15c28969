import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ManualClock } from '../../../platform/runtime/index.ts';
import { QueueReader } from './queue-reader.ts';
import { SendingLane, type SendingQueue } from './sending-lane.ts';
import { deliveryWith, laneWith } from './testing/documents.ts';

/** A reader of documents that are stored up to 3, with what it was told is ready. */
function reading() {
  const documents = { position: 3, hurried: 0, hurry: () => void documents.hurried++, find: async () => noDocuments };
  const ready: SendingQueue[] = [];
  const reader = new QueueReader(documents, new ManualClock(0), pino({ level: 'silent' }), {
    ready: (queue) => ready.push(queue),
    dueAt: () => undefined,
  });
  return { documents, ready, reader, queue: new SendingLane(laneWith()).queue('event') };
}
const noDocuments = { items: [], nextCursor: null };

describe('a queue that has missed what is not stored yet', () => {
  it('is told of once that is stored, and is read then', async () => {
    const { documents, ready, reader, queue } = reading();
    queue.miss(deliveryWith('late'), 5);
    reader.read(queue);
    expect([reader.isIdle, documents.hurried, ready]).toEqual([true, 1, []]);
    reader.storedTo(4);
    expect(ready).toEqual([]);
    reader.storedTo(5);
    expect(ready).toEqual([queue]);
    documents.position = 5;
    reader.read(queue);
    expect(reader.isIdle).toBe(false);
    await reader.stop();
    expect([reader.isIdle, ready]).toEqual([true, [queue, queue]]);
  });

  it('is forgotten when the reader stops', async () => {
    const { ready, reader, queue } = reading();
    queue.miss(deliveryWith('late'), 5);
    reader.read(queue);
    await reader.stop();
    reader.storedTo(5);
    expect(ready).toEqual([]);
  });
});
