import { createHmac } from 'node:crypto';

/** The least a signed webhook carries. */
export function signedHeaders(id: string, body: string): Record<string, string> {
  const second = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', 'bench-secret-of-a-webhook')
    .update(`${id}.${second}.${body}`)
    .digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': second,
    'webhook-signature': `v1,${signature}`,
  };
}
