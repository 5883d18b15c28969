import { escaped, htmlPage, MUTED, paragraph } from '../../../platform/mail/index.ts';
import type { Letter } from './notice-letter.ts';

const MONO = 'font-family:ui-monospace,SFMono-Regular,Consolas,monospace;font-size:12px;word-break:break-all';

/** Nothing in it is a link. */
export function htmlOf({ title, paragraphs, steps, listing, workspaces, more, footer }: Letter): string {
  const parts = [
    ...paragraphs.map(paragraph),
    ...(steps.length === 0
      ? []
      : [heading('What to do'), `<ol style="margin:0;padding-left:22px">${steps.map(step).join('')}</ol>`]),
    ...(workspaces.length === 0 && more === '' ? [] : [heading(listing)]),
    ...workspaces.map(workspace),
    ...(more === '' ? [] : [`<p style="margin:12px 0 0;${MUTED}">${escaped(more)}</p>`]),
  ];
  return htmlPage(title, parts, footer);
}

const heading = (text: string) =>
  `<h2 style="margin:28px 0 10px;font-size:16px;line-height:24px">${escaped(text)}</h2>`;
const code = (text: string) =>
  `<code style="display:block;margin-top:4px;padding:4px 8px;background:#f3f5f8;border-radius:4px;${MONO}">${escaped(text)}</code>`;
const step = ({ text, calls }: Letter['steps'][number]) =>
  `<li style="margin:0 0 12px;padding-left:4px">${escaped(text)}${calls.map(code).join('')}</li>`;

const workspace = ({ webhooks, ...of }: Letter['workspaces'][number]) =>
  `<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;margin:0 0 14px;border-collapse:collapse">
<tr><td style="padding:0 0 4px;border-bottom:1px solid #dde2ea">Workspace <strong>${escaped(of.name)}</strong>${quiet(of.id)}</td></tr>
${webhooks.map(webhook).join('\n')}
</table>`;
const webhook = ({ name, id, url }: Letter['workspaces'][number]['webhooks'][number]) =>
  `<tr><td style="padding:8px 0 0">${escaped(name)}${quiet(id)}<br><span style="${MONO};${MUTED}">${escaped(url)}</span></td></tr>`;
const quiet = (text = '') =>
  text === '' ? '' : ` <span style="${MUTED};font-size:13px;word-break:break-all">${escaped(text)}</span>`;
