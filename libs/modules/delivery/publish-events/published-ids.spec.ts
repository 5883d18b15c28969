import { beforeEach, describe, expect, it } from '@jest/globals';
import { PublishedIds, type Stored } from './published-ids.ts';

let published: PublishedIds;
let appends: { settle: (stored: Stored | Error) => void }[];

beforeEach(() => {
  published = new PublishedIds();
  appends = [];
});

const publish = (id = 'a') =>
  published.store(
    id,
    () =>
      new Promise((resolve, reject) => {
        appends.push({ settle: (stored) => (stored instanceof Error ? reject(stored) : resolve(stored)) });
      }),
  );

describe('an id that is published', () => {
  it('is appended once, and remembered from then on', async () => {
    const first = publish();
    appends[0]?.settle({ digest: 'x', isNew: true });
    expect(await first).toEqual({ digest: 'x', isNew: true });
    expect(await publish()).toEqual({ digest: 'x', isNew: false });
    expect(appends).toHaveLength(1);
  });

  it('twice at a time is appended once', async () => {
    const [first, second, other] = [publish(), publish(), publish('b')];
    expect(appends).toHaveLength(2);
    appends.forEach(({ settle }) => settle({ digest: 'x', isNew: true }));
    expect(await Promise.all([first, second, other])).toEqual([
      { digest: 'x', isNew: true },
      { digest: 'x', isNew: false },
      { digest: 'x', isNew: true },
    ]);
  });

  it('and was not stored is not remembered: whoever waited tries for himself', async () => {
    const [first, second] = [publish(), publish()];
    appends[0]?.settle(new Error('full'));
    await expect(first).rejects.toThrow('full');
    while (appends.length < 2) await Promise.resolve();
    appends[1]?.settle({ digest: 'x', isNew: true });
    expect(await second).toEqual({ digest: 'x', isNew: true });
  });

  it('and was there before is remembered as it is stored', async () => {
    const first = publish();
    appends[0]?.settle({ digest: 'old', isNew: false });
    await first;
    expect(await publish()).toEqual({ digest: 'old', isNew: false });
  });
});
