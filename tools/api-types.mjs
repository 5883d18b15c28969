/** `node tools/api-types.mjs write|check`, with the Node that the server runs on. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, pinnedNode, root, runNpm, runQuietly } from './processes.mjs';

/** What the console knows of the REST API: the document without alerts, errors and examples, and the types made of it. */
const DOCUMENT = 'apps/console/src/api/openapi.json';
const TYPES = 'apps/console/src/api/schema.d.ts';
const PACKAGE = 'tools/api-types';
const LONGEST_START_MS = 30_000;

/** Writes both anew, from the server as it is built. */
async function write() {
  const document = await currentDocument();
  writeFileSync(join(root, DOCUMENT), document);
  writeFileSync(join(root, TYPES), await typesOf(DOCUMENT));
}

/** @throws {Failure} when one is not what the server as it is built would make it. */
async function check() {
  const stale = [];
  if ((await currentDocument()) !== contentOf(DOCUMENT)) stale.push(DOCUMENT);
  if ((await typesOf(DOCUMENT)) !== contentOf(TYPES)) stale.push(TYPES);
  if (stale.length > 0) throw new Failure(`Not what the API is now: ${stale.join(', ')}. Run: npm run api-types`);
}

const contentOf = (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined);

async function currentDocument() {
  const { startServer } = await import(pathToFileURL(join(root, 'dist/apps/demo/server-process.js')).href);
  const server = await startServer({ LOG_LEVEL: 'silent' });
  try {
    const { openapi, info, paths, components } = await answerOf(server, `${server.url}/openapi.json`);
    return `${JSON.stringify({ openapi, info, paths: withoutWords(paths), components }, null, 1)}\n`;
  } finally {
    await server.stop();
  }
}

const LEFT_OUT = /^(examples?|[45]\d\d)$/;

/** Errors are problem documents everywhere, and the console reads no examples. A property may have the name of what is left out. */
function withoutWords(value, isNamesOfProperties = false) {
  if (Array.isArray(value)) return value.map((item) => withoutWords(item));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([key]) => isNamesOfProperties || !LEFT_OUT.test(key));
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutWords(member, key === 'properties')]));
}

async function answerOf(server, url) {
  const deadline = Date.now() + LONGEST_START_MS;
  while (server.ended() === undefined && Date.now() < deadline) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return response.json();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Failure(`The server does not answer (${server.ended() ?? 'it is still running'}).\n${server.output()}`);
}

async function typesOf(document) {
  const generator = join(PACKAGE, 'node_modules/openapi-typescript/bin/cli.js');
  if (!existsSync(join(root, generator))) {
    const code = await runNpm(['ci', '--prefix', PACKAGE, '--no-fund', '--no-audit', '--loglevel=error']);
    if (code !== 0) throw new Failure(`npm ci in ${PACKAGE} failed with exit code ${code}.`);
  }
  const output = join('dist', 'api-types', 'schema.d.ts');
  mkdirSync(join(root, dirname(output)), { recursive: true });
  const { code, output: told } = await runQuietly(pinnedNode(), [generator, document, '--output', output]);
  if (code !== 0) throw new Failure(told);
  return readFileSync(join(root, output), 'utf8');
}

try {
  await (process.argv[2] === 'write' ? write() : check());
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
