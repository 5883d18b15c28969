const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
export const MUTED = 'color:#5b6472';

/** The HTML of a mail: nothing in it is fetched from anywhere, and nothing runs. `parts` are HTML, the rest is text. */
export const htmlPage = (title: string, parts: readonly string[], footer: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escaped(title)}</title>
</head>
<body style="margin:0;padding:24px 12px;background:#f3f5f8;color:#1c2430;${FONT};font-size:15px;line-height:23px">
<div style="max-width:600px;margin:0 auto;padding:28px 32px;background:#ffffff;border:1px solid #dde2ea;border-top:4px solid #2f6fde;border-radius:6px">
${[`<h1 style="margin:0 0 16px;font-size:20px;line-height:28px">${escaped(title)}</h1>`, ...parts].join('\n')}
</div>
<p style="max-width:600px;margin:16px auto 0;padding:0 32px;font-size:12px;line-height:18px;${MUTED}">${escaped(footer)}</p>
</body>
</html>
`;

export const paragraph = (text: string): string => `<p style="margin:0 0 12px">${escaped(text)}</p>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
