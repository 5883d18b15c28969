import { z } from 'zod';
import { LOCATION_SIGNATURE } from '../render-alert/location-signature.ts';
import type { PreparedAlert } from '../send-attempts/prepared-alert.ts';

const MASK = '********';

export const alertView = z.object({
  method: z.literal('POST'),
  url: z.string(),
  headers: z
    .record(z.string(), z.string())
    .describe('In the order they are sent. `********` stands for what is not shown'),
  body: z.string().describe('The exact text that is signed and sent, in UTF-8'),
  signedAt: z.iso.datetime().describe('The second in `webhook-timestamp`: that of this answer'),
});
type AlertView = z.infer<typeof alertView>;

type Showing = {
  readonly unixSecond: number;
  readonly headerPrefix: string;
  /** Whether signatures are shown. */
  readonly maySign: boolean;
};

export function alertViewOf(
  { url, body, configured }: Pick<PreparedAlert, 'url' | 'body' | 'configured'>,
  headers: Readonly<Record<string, string>>,
  { unixSecond, headerPrefix, maySign }: Showing,
): AlertView {
  const signatures = maySign ? [] : [`${headerPrefix}-Signature`, LOCATION_SIGNATURE, 'webhook-signature'];
  const masked = new Set([...configured, ...signatures].map((name) => name.toLowerCase()));
  const shown = Object.entries(headers).map(([name, value]) => [name, masked.has(name.toLowerCase()) ? MASK : value]);
  return {
    method: 'POST',
    url,
    headers: {
      host: new URL(url).host,
      connection: 'keep-alive',
      ...(Object.fromEntries(shown) as Record<string, string>),
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
    signedAt: new Date(unixSecond * 1_000).toISOString(),
  };
}

export const alertExample: AlertView = {
  method: 'POST',
  url: 'https://www.customer.example/quickbookwebhook',
  headers: {
    host: 'www.customer.example',
    connection: 'keep-alive',
    'Content-Type': 'application/json',
    'User-Agent': 'Carillon',
    'X-Coro-Hook-Id': '12345',
    'X-Coro-Hook-Type': 'workspace-created',
    'X-Coro-Hook-Version': '2026-01-01',
    'X-Coro-Signature': MASK,
    'webhook-id': '12345',
    'webhook-timestamp': '1793610000',
    'webhook-signature': MASK,
    Authorization: MASK,
    'content-length': '108',
  },
  body: '{"id":"12345","timestamp":"1793610000000","workspaceId":"workspace123","type":"workspace-created","data":{}}',
  signedAt: '2026-11-02T09:00:00.000Z',
};
