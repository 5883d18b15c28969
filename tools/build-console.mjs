import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { root } from './processes.mjs';

const ASSETS = join(root, 'dist/console/assets');
const WORTH_IT_BYTES = 1_024;

/** Builds the console into dist/console, each asset beside its compressed forms, as the server sends them. */
await build({ root: join(root, 'apps/console'), logLevel: 'warn' });
for (const name of readdirSync(ASSETS)) {
  const file = join(ASSETS, name);
  const bytes = readFileSync(file);
  if (bytes.length < WORTH_IT_BYTES) continue;
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
