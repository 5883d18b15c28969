import type { HeaderNames, Language } from '../sample.ts';

const standard = `import { createHmac, timingSafeEqual } from 'node:crypto';

const secret = process.env.WEBHOOK_SECRET;
const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8');

/** headers: by lower-case name. body: a Buffer of the bytes that arrived, before they are parsed. */
export function isGenuine(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300)) return false;
  const expected = createHmac('sha256', key).update(\`\${id}.\${timestamp}.\`).update(body).digest();
  // There are two, with a blank between them, while the secret is rotated.
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
`;

const hookId = ({
  hookId: id,
  signature,
}: HeaderNames): string => `import { createHmac, timingSafeEqual } from 'node:crypto';

const secret = process.env.WEBHOOK_SECRET;

/** headers: by lower-case name. The body is not covered. */
export function isGenuine(headers) {
  const id = headers['${id.toLowerCase()}'] ?? '';
  const expected = createHmac('sha256', secret).update(id).digest();
  const given = Buffer.from(headers['${signature.toLowerCase()}'] ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
`;

const body = ({ signature }: HeaderNames): string => `import { createHmac, timingSafeEqual } from 'node:crypto';

const secret = process.env.WEBHOOK_SECRET;

/** headers: by lower-case name. body: a Buffer of the bytes that arrived, before they are parsed. */
export function isGenuine(headers, body) {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(headers['${signature.toLowerCase()}'] ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
`;

export const node: Language = {
  id: 'node',
  label: 'Node.js',
  code: (scheme, names) => ({ standard, 'hook-id': hookId(names), body: body(names) })[scheme],
};
