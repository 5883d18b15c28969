import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { documentsAt } from './documents-at.ts';
import { placed, tree, type Node } from './testing/counters.ts';
import { Stores } from './testing/stores.ts';

let stores: Stores;
beforeEach(async () => void (stores = await Stores.open()));
afterEach(() => stores.dispose());

/** `b` wants to be under `a` when `a` is under `b` already, which is refused; then `a` goes elsewhere. */
async function history(): Promise<void> {
  await stores.append('node-a', placed('a', 'b'));
  await stores.append('node-b', placed('b', 'a'));
  await stores.append('node-a', placed('a', 'c'));
}

const at = async (position: number) => documentsAt(tree, await stores.readModel.live(tree), stores.events, position);

describe('documents at a position', () => {
  beforeEach(history);

  it('are the stored ones as long as none of them is ahead', async () => {
    const marked: Node = { node: 'a', under: 'marked' };
    await (await stores.readModel.live(tree)).commit([{ id: 'a', position: 1, document: marked }], 1);
    expect((await at(1)).all()).toEqual([marked]);
  });

  it('are folded from the events when a commit was cut off after a document and before the checkpoint', async () => {
    const ahead = { id: 'a', position: 3, document: { node: 'a', under: 'c' } };
    await (await stores.readModel.live(tree)).commit([ahead], 0);
    const documents = await at(1);
    expect(documents.all()).toEqual([{ node: 'a', under: 'b' }]);
    // Decided with what was there at its event: the stored `a` would have let `b` in.
    const [, second] = (await stores.events.readAll({ after: -1, limit: 10 })).events;
    expect(second && documents.apply(second as never)).toEqual([]);
  });

  it('are none before the first event', async () => {
    expect((await at(-1)).size).toBe(0);
  });
});
