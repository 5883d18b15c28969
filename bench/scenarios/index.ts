import type { Scenario } from '../scenario.ts';
import { consolePages } from './console-pages.ts';
import { e2e } from './e2e.ts';
import { egest } from './egest.ts';
import { failing } from './failing.ts';
import { fanOut } from './fan-out.ts';
import { ingest } from './ingest.ts';
import { isolation } from './isolation.ts';
import { lists } from './lists.ts';
import { memory } from './memory.ts';
import { outbound } from './outbound.ts';
import { restart } from './restart.ts';
import { versions } from './versions.ts';

/** In the order they are run. */
export const scenarios: readonly Scenario[] = [
  outbound,
  ingest,
  egest,
  versions,
  e2e,
  fanOut,
  isolation,
  failing,
  restart,
  lists,
  consolePages,
  memory,
];
