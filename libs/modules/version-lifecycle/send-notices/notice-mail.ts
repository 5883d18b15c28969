import type { Mail } from '../../../platform/mail/index.ts';
import { letterOf, type Letter, type NoticeToSend } from './notice-letter.ts';
import { htmlOf } from './notice-html.ts';

type Webhook = Letter['workspaces'][number]['webhooks'][number];

const WIDTH = 76;

/** `publicUrl`: of the REST API, without a trailing slash; empty if it is not known. */
export function noticeMail(notice: NoticeToSend, publicUrl: string): Pick<Mail, 'subject' | 'text' | 'html'> {
  const letter = letterOf(notice, publicUrl);
  return { subject: letter.subject, text: textOf(letter), html: htmlOf(letter) };
}

function textOf({ title, paragraphs, steps, listing, workspaces, more, footer }: Letter): string {
  const blocks = [
    wrapped(title),
    ...paragraphs.map((paragraph) => wrapped(paragraph)),
    ...(steps.length === 0 ? [] : [heading('What to do')]),
    ...steps.map(({ text, calls }, n) =>
      [wrapped(`${n + 1}. ${text}`, '   '), ...calls.map((call) => `      ${call}`)].join('\n'),
    ),
    ...(workspaces.length === 0 && more === '' ? [] : [heading(listing)]),
    ...workspaces.map(({ webhooks, ...of }) => [`Workspace ${called(of)}`, ...webhooks.map(itemOf)].join('\n')),
    ...(more === '' ? [] : [more]),
    `-- \n${wrapped(footer)}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

const heading = (text: string) => `${text}\n${'-'.repeat(text.length)}`;
const itemOf = (webhook: Webhook) => `- ${called(webhook)}\n  ${webhook.url}`;
const called = ({ name, id }: Pick<Webhook, 'name' | 'id'>) => (id === undefined ? name : `${name} (${id})`);

/** Lines of up to 76 characters, where blanks allow that; all but the first are indented. */
function wrapped(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && `${line} ${word}`.length > WIDTH) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
