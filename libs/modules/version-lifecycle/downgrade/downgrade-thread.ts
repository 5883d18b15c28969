import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { AT_QUESTION, AT_STEP, type Answer, type Asked, type Chain, type Failure } from './chain.ts';
import { CompiledChain, failure } from './compiled-chain.ts';
import { confine } from './confinement.ts';
import { errorText } from './expression-problem.ts';

/** Those who were quick are not to wait for a slow one. */
const LONGEST_SILENCE_MS = 5;

confine();

const port = parentPort as MessagePort;
const progress = workerData as Int32Array;
const chains = new Map<number, CompiledChain | Failure>();

async function answer(id: number, body: string, isSlow: boolean): Promise<Answer> {
  if (isSlow) return null;
  const chain = chains.get(id);
  if (chain instanceof CompiledChain)
    return chain.downgrade(body, (step) => Atomics.store(progress, AT_STEP, step + 1));
  return chain ?? failure('error', 0, 'is not known');
}

function learn(text: string): CompiledChain | Failure {
  try {
    return new CompiledChain(JSON.parse(text) as Chain);
  } catch (error) {
    return failure('error', 0, errorText(error));
  }
}

async function answerAll(asked: Asked): Promise<void> {
  for (const id of asked.forget) chains.delete(id);
  for (const [id, text] of asked.learn) chains.set(id, learn(text));
  const slow = new Set<number>();
  let answers: Answer[] = [];
  let spokeAt = performance.now();
  for (const [index, id] of asked.chains.entries()) {
    Atomics.store(progress, AT_QUESTION, index);
    const given = await answer(id, asked.bodies[index] ?? '', slow.has(id));
    Atomics.store(progress, AT_STEP, 0);
    if (typeof given !== 'string' && given?.fault === 'time') slow.add(id);
    answers.push(given);
    const now = performance.now();
    if (now - spokeAt < LONGEST_SILENCE_MS) continue;
    port.postMessage(answers);
    answers = [];
    spokeAt = now;
  }
  if (answers.length > 0) port.postMessage(answers);
}

port.on('message', (asked: Asked) => void answerAll(asked));
