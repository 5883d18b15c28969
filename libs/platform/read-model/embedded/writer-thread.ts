import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { failureOf } from '../../threads/thread-failure.ts';
import { connect } from './database.ts';
import type { Answer, Asked, Question } from './threaded-writer.ts';
import { WritingConnection } from './writing-connection.ts';
import type { Commit } from './writer.ts';

// Node runs this file without a build too: it and what it imports may hold no TypeScript but types that can be stripped.

type AskedCommit = Question & { readonly request: Commit };

const port = parentPort as MessagePort;
const connection = new WritingConnection(connect(workerData as string));

port.on('message', (first: Asked) => {
  const commits: AskedCommit[] = [];
  for (let asked: Asked | undefined = first; asked !== undefined; asked = received()) {
    if (asked !== 'close' && asked.request.kind === 'commit') {
      commits.push({ id: asked.id, request: asked.request });
      continue;
    }
    commitAll(commits.splice(0));
    if (asked === 'close') return end();
    change(asked);
  }
  commitAll(commits);
});

function received(): Asked | undefined {
  const next: { message: Asked } | undefined = receiveMessageOnPort(port);
  return next?.message;
}

function end(): void {
  connection.close();
  port.close();
}

/** In one transaction; if that fails, each for itself, so that one does not fail the others. */
function commitAll(commits: readonly AskedCommit[]): void {
  if (commits.length > 1) {
    try {
      connection.commit(...commits.map(({ request }) => request));
      return tell(commits.map(({ id }) => ({ id })));
    } catch {
      // The one that fails alone as well is told.
    }
  }
  tell(commits.map(({ id, request }) => answer(id, () => connection.commit(request))));
}

/** Told by itself: the asker knows of a swap before it hears of a commit to what was swapped in. */
function change({ id, request }: Question): void {
  tell([answer(id, () => (request.kind === 'commit' ? undefined : connection.change(request)))]);
}

function tell(answers: readonly Answer[]): void {
  if (answers.length > 0) port.postMessage(answers);
}

function answer(id: number, work: () => Answer['result'] | void): Answer {
  try {
    return { id, result: work() ?? undefined };
  } catch (error) {
    return { id, failure: failureOf(error) };
  }
}
