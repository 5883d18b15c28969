import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { failureOf } from '../../threads/thread-failure.ts';
import type { Answered, Asked } from './threaded-writer.ts';
import { WritingConnection } from './writing-connection.ts';

// Node runs this file without a build too: it and what it imports may hold no TypeScript but types that can be stripped.

const port = parentPort as MessagePort;
const connection = new WritingConnection(workerData as string);

port.on('message', (asked: Asked) => {
  if (asked !== 'close') return port.postMessage(answer(asked));
  connection.close();
  port.close();
});

function answer(appends: Exclude<Asked, 'close'>): Answered {
  try {
    return { answers: connection.commit(appends) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
