import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Leases } from './port.ts';

export type Harness = {
  /** Nothing is held. */
  readonly leases: Leases;
  readonly dispose: () => Promise<void>;
};

const LONG_MS = 60_000;
const MOMENT_MS = 1;

/** What every adapter of the leases port has to do. One harness a test. */
export function describeLeases(name: string, makeHarness: () => Promise<Harness>): void {
  describe(name, () => {
    let harness: Harness;
    let leases: Leases;
    beforeEach(async () => {
      harness = await makeHarness();
      leases = harness.leases;
    });
    afterEach(() => harness.dispose());

    const names = async () => (await leases.held('')).map((lease) => lease.name).sort();
    const runOut = async (lease: string) => {
      while ((await names()).includes(lease)) await turn();
    };

    describe('taking', () => {
      it('gets what is free, in one call for many names', async () => {
        expect([...(await leases.take('A', ['x', 'y', 'z'], LONG_MS))].sort()).toEqual(['x', 'y', 'z']);
        expect(await leases.take('A', [], LONG_MS)).toEqual([]);
        expect(await names()).toEqual(['x', 'y', 'z']);
      });

      it('leaves what another owner holds, and gets the rest', async () => {
        await leases.take('A', ['x'], LONG_MS);
        expect([...(await leases.take('B', ['w', 'x', 'y'], LONG_MS))].sort()).toEqual(['w', 'y']);
        expect(await leases.held('x')).toEqual([{ name: 'x', owner: 'A' }]);
      });

      it('gets what is the owner’s own already, for as long as it says now', async () => {
        await leases.take('A', ['x', 'y'], LONG_MS);
        expect(await leases.take('A', ['x'], MOMENT_MS)).toEqual(['x']);
        await runOut('x');
        expect(await names()).toEqual(['y']);
      });

      it('gets what has run out, from whomever', async () => {
        await leases.take('A', ['x', 'y'], MOMENT_MS);
        await runOut('x');
        await runOut('y');
        expect(await leases.take('A', ['x'], LONG_MS)).toEqual(['x']);
        expect([...(await leases.take('B', ['x', 'y'], LONG_MS))]).toEqual(['y']);
      });

      it.each(['free', 'run out', 'released'])(
        'gives each name to one of those who take it at once (%s)',
        async (how) => {
          const wanted = Array.from({ length: 20 }, (_, n) => `n${n}`);
          const owners = ['A', 'B', 'C', 'D', 'E', 'F'];
          if (how !== 'free') await leases.take('Z', wanted, how === 'released' ? LONG_MS : MOMENT_MS);
          if (how === 'released') await leases.release('Z', wanted);
          for (const lease of wanted) await runOut(lease);
          const taken = await Promise.all(owners.map((owner) => leases.take(owner, wanted, LONG_MS)));
          expect(taken.flat().sort()).toEqual([...wanted].sort());
          const told = owners.flatMap((owner, n) => (taken[n] ?? []).map((lease) => `${lease} ${owner}`));
          expect((await leases.held('')).map(({ name: lease, owner }) => `${lease} ${owner}`).sort()).toEqual(
            told.sort(),
          );
        },
      );

      it('takes any text for a name or an owner', async () => {
        const odd = ['$x', 'a.b', '*', 'ä/€', '{"$gt":""}'];
        expect([...(await leases.take('$owner', odd, LONG_MS))].sort()).toEqual([...odd].sort());
        expect(await leases.take('B', [...odd, 'x'], LONG_MS)).toEqual(['x']);
        expect(await leases.take('$owner', ['x'], LONG_MS)).toEqual([]);
        expect([...(await leases.renew('$owner', odd, LONG_MS))].sort()).toEqual([...odd].sort());
      });
    });

    describe('renewing', () => {
      it('answers what the owner holds of the names, and nothing else', async () => {
        await leases.take('A', ['x', 'y', 'z'], LONG_MS);
        await leases.take('B', ['b'], LONG_MS);
        expect([...(await leases.renew('A', ['x', 'y', 'b', 'nobody’s'], LONG_MS))].sort()).toEqual(['x', 'y']);
        expect(await leases.renew('A', [], LONG_MS)).toEqual([]);
        expect(await leases.held('b')).toEqual([{ name: 'b', owner: 'B' }]);
        expect(await leases.held('nobody')).toEqual([]);
      });

      it('counts from now, and only for the names it is asked for', async () => {
        await leases.take('A', ['x', 'y'], LONG_MS);
        expect(await leases.renew('A', ['x'], MOMENT_MS)).toEqual(['x']);
        await runOut('x');
        expect(await names()).toEqual(['y']);
      });

      it('keeps a lease beyond its first end', async () => {
        let renewed: readonly string[] = [];
        while (renewed.length === 0) {
          await leases.take('A', ['x', 'unrenewed'], 100);
          renewed = await leases.renew('A', ['x'], LONG_MS);
        }
        await runOut('unrenewed');
        expect(await leases.take('B', ['x'], LONG_MS)).toEqual([]);
      });

      it('does not bring back what has run out, even if nobody took it', async () => {
        await leases.take('A', ['x'], MOMENT_MS);
        await runOut('x');
        expect(await leases.renew('A', ['x'], LONG_MS)).toEqual([]);
        expect(await names()).toEqual([]);
      });

      it('does not bring back what another has taken since', async () => {
        await leases.take('A', ['x'], MOMENT_MS);
        await runOut('x');
        await leases.take('B', ['x'], LONG_MS);
        expect(await leases.renew('A', ['x'], LONG_MS)).toEqual([]);
        expect(await leases.held('')).toEqual([{ name: 'x', owner: 'B' }]);
      });
    });

    describe('releasing', () => {
      it('frees the owner’s names for others at once', async () => {
        await leases.take('A', ['x', 'y'], LONG_MS);
        await leases.release('A', ['x', 'never held']);
        expect(await names()).toEqual(['y']);
        expect(await leases.renew('A', ['x'], LONG_MS)).toEqual([]);
        expect(await leases.take('B', ['x', 'y'], LONG_MS)).toEqual(['x']);
      });

      it('leaves alone what others hold', async () => {
        await leases.take('A', ['x'], LONG_MS);
        await leases.release('B', ['x']);
        await leases.release('A', []);
        expect(await leases.held('')).toEqual([{ name: 'x', owner: 'A' }]);
      });
    });

    it('lists what begins with a prefix, whoever holds it', async () => {
      await leases.take('A', ['tasks/x', 'tasks.y', 'task', 'tasksz'], LONG_MS);
      await leases.take('B', ['tasks/ä', 'tasks/😀'], LONG_MS);
      const listed = (await leases.held('tasks/')).map(({ name: lease, owner }) => `${lease} ${owner}`);
      expect(listed.sort()).toEqual(['tasks/x A', 'tasks/ä B', 'tasks/😀 B']);
    });
  });
}
