import { describe, expect, it } from '@jest/globals';
import { summaryParts, type Names } from './summary.ts';

const names: Names = {
  webhooks: new Map([['w-1', 'Billing sync']]),
  clients: new Map([['c-1', 'CRM']]),
  users: new Map([['u-1', 'ana@acme.example']]),
};
const entry = (changes: object) => ({
  actor: 'user:u-9',
  actorName: 'ops@acme.example',
  kind: 'webhook-changed',
  workspaceId: 'acme',
  webhookId: null,
  summary: '',
  details: {},
  ...changes,
});
const webhook = { page: 'webhook', id: 'w-1', workspaceId: 'acme' };

describe('the summary of an entry', () => {
  it('links the webhook that it names', () => {
    const told = entry({ webhookId: 'w-1', summary: 'Webhook "Old" was changed.', details: { name: 'Old' } });
    expect(summaryParts(told, names)).toEqual([
      { text: 'Webhook ' },
      { text: '“Old”', target: webhook },
      { text: ' was changed.' },
    ]);
  });

  it('has the name of a webhook instead of its id, where the name is known', () => {
    const told = entry({ webhookId: 'w-1', summary: 'Webhook w-1 was disabled.' });
    expect(summaryParts(told, names)[1]).toEqual({ text: '“Billing sync”', target: webhook });
    expect(summaryParts(told, { ...names, webhooks: new Map() })[1]).toEqual({ text: 'w-1', target: webhook });
  });

  it('links nothing that is gone', () => {
    const told = entry({ kind: 'webhook-removed', webhookId: 'w-1', summary: 'Webhook w-1 was removed.' });
    expect(summaryParts(told, names).map(({ target }) => target)).toEqual([undefined, undefined, undefined]);
  });

  it('calls users by their address, also whoever acts without being listed', () => {
    const told = entry({ kind: 'user-changed', summary: 'The user u-1 is an owner now.', details: { userId: 'u-1' } });
    expect(summaryParts(told, names)[1]).toEqual({ text: 'ana@acme.example' });
    const own = entry({ kind: 'user-signed-in', summary: 'The user u-9 signed in.', details: { userId: 'u-9' } });
    expect(summaryParts(own, names)[1]).toEqual({ text: 'ops@acme.example' });
  });

  it.each([
    ['api-client-revoked', 'API client c-1 was revoked.', { clientId: 'c-1' }, { page: 'client', id: 'c-1' }],
    ['trigger-changed', 'The trigger a-b was changed.', { type: 'a-b' }, { page: 'trigger', type: 'a-b' }],
    [
      'workspace-moved',
      'Workspace north was moved under acme.',
      { workspaceId: 'north', parentWorkspaceId: 'acme' },
      { page: 'workspace', id: 'north' },
    ],
  ])('links what %s is about', (kind, summary, details, target) => {
    expect(summaryParts(entry({ kind, summary, details }), names).filter((part) => part.target)).toMatchObject([
      { target },
    ]);
  });

  it('is the whole sentence, whatever it says', () => {
    const summary = 'Webhook "<img src=x onerror=alert(1)>" was created.';
    const details = { name: '<img src=x onerror=alert(1)>' };
    const parts = summaryParts(entry({ webhookId: 'w-9', summary, details }), names);
    expect(parts.map(({ text }) => text).join('')).toBe(summary.replaceAll(/^(.*)"(.*)"(.*)$/g, '$1“$2”$3'));
    expect(summaryParts(entry({ summary: 'Something new.' }), names)).toEqual([{ text: 'Something new.' }]);
  });
});
