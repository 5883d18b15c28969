import { InvalidConfiguration } from '../../libs/platform/config/index.ts';
import { DONE, FAILED, WRONG_USAGE, WrongUsage, type Command, type Environment, type Output } from './command.ts';
import { commands } from './commands.ts';

/** Runs one command. Resolves with the exit code: 0, 1 for a failure that was said, 2 for arguments that make no sense. */
export async function main(args: readonly string[], env: Environment, out: Output): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--help' || name === 'help') {
    for (const line of overview()) out.say(line);
    return DONE;
  }
  const command = Object.hasOwn(commands, name ?? '') ? commands[name ?? ''] : undefined;
  if (name === undefined || command === undefined) {
    if (name !== undefined) out.complain(`There is no command ${name}.`);
    for (const line of overview()) out.complain(line);
    return WRONG_USAGE;
  }
  if (rest.includes('--help')) {
    out.say(`${command.summary}\n${usageOf(name, command)}`);
    return DONE;
  }
  try {
    return await command.run(rest, env, out);
  } catch (error) {
    if (isWrongUsage(error)) {
      out.complain(`${error.message}\n${usageOf(name, command)}`);
      return WRONG_USAGE;
    }
    out.complain(error instanceof InvalidConfiguration ? error.message : inFull(error));
    return FAILED;
  }
}

const usageOf = (name: string, { usage }: Command) => `Usage: carillon ${name} ${usage}`.trimEnd();

function overview(): string[] {
  const rows = Object.entries(commands).map(([name, { usage, summary }]) => [`${name} ${usage}`.trimEnd(), summary]);
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return ['Usage: carillon <command>', ...rows.map(([left = '', right]) => `  ${left.padEnd(width)}  ${right}`)];
}

const isWrongUsage = (error: unknown): error is Error =>
  error instanceof WrongUsage || String((error as { code?: unknown } | null)?.code).startsWith('ERR_PARSE_ARGS_');

const inFull = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
