import { describeLeases } from '../contract.ts';
import { MemoryLeases } from './memory-leases.ts';

describeLeases('leases in memory', async () => ({
  leases: new MemoryLeases(() => Math.floor(performance.now())),
  dispose: async () => {},
}));
