import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DONE, FAILED, WrongUsage, type Command, type Environment, type Output } from '../command.ts';
import { NotAnswered, post, Refused, type Access } from './carillon-api.ts';

const options = {
  url: { type: 'string' },
  'client-id': { type: 'string' },
  'client-secret': { type: 'string' },
} as const;

const released = z.object({
  name: z.string(),
  releasedAt: z.string(),
  supersedes: z
    .object({
      name: z.string(),
      announceAt: z.string(),
      remindAt: z.string(),
      popupAt: z.string(),
      expiresAt: z.string(),
      disableAt: z.string(),
    })
    .nullable(),
});

export const releaseVersion: Command = {
  summary: 'Releases a webhook version on a running server, as POST /versions does.',
  usage: '<file.json> [--url <url>] [--client-id <id>] [--client-secret <secret>]',
  run: async (args, env, out) => {
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new WrongUsage('Say one file with the release.');
    const access = accessFrom(values, env);
    try {
      tell(await post(access, 'versions:write', 'versions', await releaseIn(file), released), out);
      return DONE;
    } catch (error) {
      if (!(error instanceof NotAnswered) && !(error instanceof Refused)) throw error;
      out.complain(error.message);
      return FAILED;
    }
  },
};

/** An option counts before the environment, which keeps the secret out of the list of processes. */
function accessFrom(values: Partial<Record<keyof typeof options, string>>, env: Environment): Access {
  const access = {
    url: values.url ?? env['CARILLON_URL'] ?? '',
    clientId: values['client-id'] ?? env['CARILLON_CLIENT_ID'] ?? '',
    clientSecret: values['client-secret'] ?? env['CARILLON_CLIENT_SECRET'] ?? '',
  };
  const missing = [
    ...(access.url === '' ? ['--url or CARILLON_URL'] : []),
    ...(access.clientId === '' ? ['--client-id or CARILLON_CLIENT_ID'] : []),
    ...(access.clientSecret === '' ? ['--client-secret or CARILLON_CLIENT_SECRET'] : []),
  ];
  if (missing.length > 0) throw new WrongUsage(`Set ${missing.join(', and ')}.`);
  if (!/^https?:$/.test(URL.parse(access.url)?.protocol ?? '')) throw new WrongUsage(`${access.url} is no URL.`);
  return access;
}

async function releaseIn(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new Refused(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function tell({ name, releasedAt, supersedes }: z.infer<typeof released>, { say }: Output): void {
  say(`Version ${name} was released at ${releasedAt}.`);
  if (!supersedes) return;
  say(`Webhooks on ${supersedes.name} have until ${supersedes.expiresAt}:`);
  say(`  ${supersedes.announceAt}  the date is announced by mail`);
  say(`  ${supersedes.remindAt}  a reminder, and a draft on the newest version`);
  say(`  ${supersedes.popupAt}  a notification in the console, and a warning on the webhook`);
  say(`  ${supersedes.expiresAt}  it expires`);
  say(`  ${supersedes.disableAt}  what is still on it is disabled`);
}
