import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Something the reader can mend; shown without a stack. */
export class Failure extends Error {}

const windows = process.platform === 'win32';
const pinned = join(root, 'node_modules/node/bin', windows ? 'node.exe' : 'node');

export function pinnedNode() {
  if (existsSync(pinned)) return pinned;
  throw new Failure(
    'The pinned Node is not in node_modules/node: its install script did not run. ' +
      'Allow install scripts (npm config set ignore-scripts false), then run: npm ci',
  );
}

/** `node` means the pinned one for every child and what it starts in turn. */
function environment() {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const path = [dirname(pinned), join(root, 'node_modules/.bin'), process.env[name]].filter(Boolean);
  return { ...process.env, [name]: path.join(delimiter) };
}

/** Resolves with the exit code, 128 + n after signal n. */
function exitOf(child, command) {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      const reason = error.code === 'ENOENT' ? 'it was not found on PATH' : error.message;
      reject(new Failure(`Could not run ${command}: ${reason}.`));
    });
    child.on('close', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : code));
  });
}

/** Runs with our own terminal and passes on the signals that end a program. */
export async function runToEnd(command, args, { env = environment(), shell = false } = {}) {
  const child = spawn(command, args, { cwd: root, env, stdio: 'inherit', shell });
  const forward = (signal) => {
    // A terminal sends Ctrl-C to the child too; a second one would cut its orderly end short.
    if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  try {
    return await exitOf(child, command);
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}

/** Runs quietly; gives the exit code and everything that was printed. */
export async function runQuietly(command, args) {
  const child = spawn(command, args, { cwd: root, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  const stop = (signal) => {
    child.kill(signal);
    process.exit(128 + constants.signals[signal]);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  try {
    return { code: await exitOf(child, command), output: Buffer.concat(chunks).toString() };
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

/** npm belongs to the Node that started us, so it runs with the environment as it came. */
export const runNpm = (args) => runToEnd('npm', args, { env: process.env, shell: windows });
