import type { Letter } from './notice-letter.ts';

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const MONO = 'font-family:ui-monospace,SFMono-Regular,Consolas,monospace;font-size:12px;word-break:break-all';
const MUTED = 'color:#5b6472';

/** A page of its own: nothing in it is fetched from anywhere, nothing runs, and nothing is a link. */
export function htmlOf({ title, paragraphs, steps, listing, workspaces, more, footer }: Letter): string {
  const parts = [
    `<h1 style="margin:0 0 16px;font-size:20px;line-height:28px">${escaped(title)}</h1>`,
    ...paragraphs.map(paragraph),
    ...(steps.length === 0
      ? []
      : [heading('What to do'), `<ol style="margin:0;padding-left:22px">${steps.map(step).join('')}</ol>`]),
    ...(workspaces.length === 0 && more === '' ? [] : [heading(listing)]),
    ...workspaces.map(workspace),
    ...(more === '' ? [] : [`<p style="margin:12px 0 0;${MUTED}">${escaped(more)}</p>`]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escaped(title)}</title>
</head>
<body style="margin:0;padding:24px 12px;background:#f3f5f8;color:#1c2430;${FONT};font-size:15px;line-height:23px">
<div style="max-width:600px;margin:0 auto;padding:28px 32px;background:#ffffff;border:1px solid #dde2ea;border-top:4px solid #2f6fde;border-radius:6px">
${parts.join('\n')}
</div>
<p style="max-width:600px;margin:16px auto 0;padding:0 32px;font-size:12px;line-height:18px;${MUTED}">${escaped(footer)}</p>
</body>
</html>
`;
}

const heading = (text: string) =>
  `<h2 style="margin:28px 0 10px;font-size:16px;line-height:24px">${escaped(text)}</h2>`;
const paragraph = (text: string) => `<p style="margin:0 0 12px">${escaped(text)}</p>`;
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

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
