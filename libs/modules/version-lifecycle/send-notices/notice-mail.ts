import { wrapped, type Mail } from '../../../platform/mail/index.ts';
import { letterOf, type Letter, type NoticeToSend } from './notice-letter.ts';
import { htmlOf } from './notice-html.ts';

type Webhook = Letter['workspaces'][number]['webhooks'][number];

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
