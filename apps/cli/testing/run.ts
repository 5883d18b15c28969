import { main } from '../carillon.ts';
import type { Environment } from '../command.ts';

/** What a run of the program came to, with the lines it said. */
export async function run(args: readonly string[], env: Environment = {}) {
  const said: string[] = [];
  const complained: string[] = [];
  const code = await main(args, env, { say: (line) => said.push(line), complain: (line) => complained.push(line) });
  return { code, said: said.join('\n'), complained: complained.join('\n') };
}
