import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { invalid } from '../../kernel/index.ts';
import { isMessageId } from '../mailer.ts';
import type { KeptMail, MailOutbox, MailPage, MailSummary } from '../port.ts';

const ENDING = '.eml';
/** Of one mail, in bytes: ours have a few thousand. What is larger is not ours. */
const LARGEST = 4 * 1024 * 1024;
/** Looked at beside one another. */
const AT_ONCE = 32;

/** Where a mail stands among the others: the newest first, and by id those of one instant. */
type Place = { readonly at: number; readonly id: string };
const inOrder = (a: Place, b: Place): number => b.at - a.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Reads the mails that `openEmlFolder` has written to a folder. Links in it are not followed, and other files not looked at. */
export function openEmlOutbox(folder: string): MailOutbox {
  return {
    list: async ({ limit, cursor }) => {
      const after = cursor === undefined ? undefined : placeIn(cursor);
      const places = (await placesIn(folder)).filter((place) => !after || inOrder(after, place) < 0);
      return pageOf(folder, places.sort(inOrder), limit);
    },
    read: (id) => readMail(folder, id),
  };
}

async function pageOf(folder: string, places: readonly Place[], limit: number): Promise<MailPage> {
  const shown = places.slice(0, limit);
  const mails = await each(shown, ({ id }) => readMail(folder, id));
  const last = shown.at(-1);
  return {
    items: mails.map(({ id, to, subject, at, messageId }): MailSummary => ({ id, to, subject, at, messageId })),
    nextCursor: last && places.length > limit ? cursorOf(last) : null,
  };
}

/** Also of what turns out to be no mail when it is read. */
async function placesIn(folder: string): Promise<Place[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(unlessMissing);
  const names = (entries ?? []).filter((entry) => entry.isFile()).map(({ name }) => name);
  const ids = names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));
  return each(ids.filter(isMessageId), async (id) => {
    const found = await lstat(fileOf(folder, id)).catch(unlessMissing);
    return found && { id, at: Math.floor(found.mtimeMs) };
  });
}

async function readMail(folder: string, id: string): Promise<KeptMail | undefined> {
  if (!isMessageId(id)) return undefined;
  // What is no file, such as a pipe, is not waited for.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(fileOf(folder, id), flags).catch(unlessMissing);
  if (!file) return undefined;
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size > LARGEST) return undefined;
    const mail = await PostalMime.parse(await file.readFile()).catch(() => undefined);
    return mail && { id, at: Math.floor(found.mtimeMs), ...partsOf(mail) };
  } finally {
    await file.close();
  }
}

const fileOf = (folder: string, id: string): string => join(folder, `${id}${ENDING}`);

function partsOf({ to = [], subject = '', text = '', html, messageId = '' }: Email): Omit<KeptMail, 'id' | 'at'> {
  return {
    to: to.map(({ address }) => address ?? '').join(', '),
    subject,
    text,
    html: html ?? null,
    messageId: messageId.replace(/^<|>$/g, ''),
  };
}

/** In the order they are in; what gives nothing is left out. */
async function each<T, R>(list: readonly T[], work: (item: T) => Promise<R | undefined>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < list.length; i += AT_ONCE) {
    const some = await Promise.all(list.slice(i, i + AT_ONCE).map(work));
    results.push(...some.filter((result) => result !== undefined));
  }
  return results;
}

/** Also a name that is too long, or a link, is that of no mail. */
function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (['ENOENT', 'ELOOP', 'EMLINK', 'ENAMETOOLONG', 'ENXIO'].includes(error.code ?? '')) return undefined;
  throw error;
}

const cursorOf = ({ at, id }: Place): string => Buffer.from(JSON.stringify([at, id])).toString('base64url');

function placeIn(cursor: string): Place {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof at === 'number' && typeof id === 'string') return { at, id };
  } catch {
    // As any other that is none.
  }
  throw invalid('cursor', 'is not one of this list');
}
