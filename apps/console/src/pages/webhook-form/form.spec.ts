import { describe, expect, it } from '@jest/globals';
import type { WebhookView } from '../../api/types.ts';
import { changesBetween } from './changes.ts';
import { flatErrors, labelOf, placed } from './field-errors.ts';
import { formSchema } from './form-schema.ts';
import { createBody, draftBody, newValues, replaceBody, valuesOf, type FormValues } from './form-values.ts';

const webhook: WebhookView = {
  id: '66b204f0c992d50b8b2f984c',
  name: 'Billing sync',
  description: 'Updates the books',
  applyToAllDescendants: true,
  url: 'https://www.customer.example/hooks',
  secret: 'supersecuresecret',
  headers: { Authorization: 'Bearer x', 'X-Request-ID': '1' },
  triggers: ['workspace-created', 'subscription-updated'],
  status: 'disabled',
  updated: 1,
  delivery: {
    concurrency: 4,
    ratePerSecond: 0.5,
    burst: 40,
    strictOrder: true,
    schedule: [0, 30, 300],
    onExhausted: 'continue',
  },
  version: '2026-01-01',
  expiresAt: null,
  expiring: false,
  disabledBy: 'admin',
  hasDraft: false,
  dialect: 'workspace',
  number: 1,
  previousSecretUntil: null,
};
const filled = (changes: Partial<FormValues> = {}): FormValues => ({
  ...newValues('2026-01-01', ['workspace-created']),
  url: ' https://example.com/hooks ',
  secret: 'supersecuresecret',
  ...changes,
});
const problems = (values: FormValues): string[] => {
  const { error } = formSchema('x-coro-').safeParse(values);
  return (error?.issues ?? []).map(({ path }) => path.join('.'));
};

describe('the body of a new webhook', () => {
  it('leaves out empty rows, spaces around texts, and usual delivery settings', () => {
    const headers = [
      { name: '', value: '' },
      { name: ' Authorization ', value: 'Bearer x' },
    ];
    expect(createBody(filled({ name: ' Billing ', headers }))).toEqual({
      name: 'Billing',
      description: '',
      applyToAllDescendants: false,
      url: 'https://example.com/hooks',
      headers: { Authorization: 'Bearer x' },
      triggers: ['workspace-created'],
      version: '2026-01-01',
      secret: 'supersecuresecret',
      status: 'enabled',
    });
  });

  it('has delivery settings that differ', () => {
    const values = filled();
    values.delivery = { ...values.delivery, isLimited: true, ratePerSecond: '2.5', hasOwnWaits: true, schedule: '' };
    expect(createBody(values).delivery).toMatchObject({ ratePerSecond: 2.5, schedule: [0], concurrency: 16 });
  });
});

describe('the body of an edited webhook', () => {
  it('that was not touched is the webhook, without its secret', () => {
    const { name, description, applyToAllDescendants, url, headers, triggers, status, delivery, version } = webhook;
    const same = { name, description, applyToAllDescendants, url, headers, triggers, status, delivery, version };
    expect(replaceBody(valuesOf(webhook))).toEqual(same);
  });

  it('has the secret that replaces it', () => {
    expect(replaceBody({ ...valuesOf(webhook), hasNewSecret: true, secret: 'another' })).toHaveProperty(
      'secret',
      'another',
    );
  });

  it('of a draft has no status, and the secret that the draft has', () => {
    expect(draftBody(valuesOf(webhook), 'ofdraft')).toMatchObject({ secret: 'ofdraft' });
    expect(draftBody(valuesOf(webhook), 'ofdraft')).not.toHaveProperty('status');
    expect(draftBody(valuesOf(webhook), null)).not.toHaveProperty('secret');
  });
});

describe('the checks of the form', () => {
  it('pass what can be sent', () => {
    expect(problems(filled())).toEqual([]);
    expect(problems(valuesOf(webhook))).toEqual([]);
  });

  it('find every field that is wrong at once', () => {
    const values = filled({
      name: 'x'.repeat(257),
      url: 'example.com',
      secret: '',
      triggers: [],
      headers: [
        { name: 'Fine', value: '' },
        { name: 'X-Coro-Signature', value: '日' },
      ],
    });
    values.delivery = {
      ...values.delivery,
      concurrency: '0',
      burst: '1.5',
      isLimited: true,
      ratePerSecond: '',
      hasOwnWaits: true,
      schedule: 'soon',
    };
    expect(problems(values).toSorted()).toEqual(
      [
        'delivery.burst',
        'delivery.concurrency',
        'delivery.ratePerSecond',
        'delivery.schedule',
        'headers.1.name',
        'headers.1.value',
        'name',
        'secret',
        'triggers',
        'url',
      ].toSorted(),
    );
  });

  it('ask for no secret while the stored one stays, and of what is off for nothing', () => {
    const values = filled({ hasNewSecret: false, secret: '' });
    values.delivery = { ...values.delivery, ratePerSecond: '', schedule: 'soon' };
    expect(problems(values)).toEqual([]);
  });

  it('allow 50 headers', () => {
    const headers = (length: number) => Array.from({ length }, (_, i) => ({ name: `X-${i}`, value: '' }));
    expect(problems(filled({ headers: headers(50) }))).toEqual([]);
    expect(problems(filled({ headers: headers(51) }))).toEqual(['headers']);
  });
});

describe('what the server refused', () => {
  const values = filled({
    headers: [
      { name: '', value: '' },
      { name: 'X-Coro-Id', value: 'x' },
    ],
    triggers: ['workspace-created', 'no-such'],
  });
  const at = (field: string, message: string) => placed([{ field, message }], values);

  it.each([
    ['url', 'The URL has no host.', 'url', 'The URL has no host.'],
    ['secret', 'must have 1 to 256 characters', 'secret', 'Authentication Secret must have 1 to 256 characters.'],
    ['headers.X-Coro-Id', 'is reserved', 'headers.1.name', 'X-Coro-Id is reserved.'],
    ['headers', 'may hold 50 headers at most', 'headers', 'Authorization headers may hold 50 headers at most.'],
    ['triggers[1]', 'is not a known trigger', 'triggers', '“no-such” is not a known trigger.'],
    ['status', 'is required', 'isEnabled', 'Enabled is required.'],
    ['delivery.schedule[2]', 'is too much', 'delivery.schedule', 'Waits between attempts is too much.'],
  ])('of %s lands on its field', (field, message, path, told) => {
    expect(at(field, message)).toEqual({ found: [{ path, message: told }], rest: [] });
  });

  it('of what is no field is told by itself', () => {
    expect(at('If-Match', 'is not an ETag').rest).toHaveLength(1);
  });
});

describe('the errors of the form', () => {
  it('are one list in the order of the page', () => {
    const wrong = (message: string) => ({ type: 'custom', message, ref: { name: 'x' } });
    const errors = {
      triggers: wrong('t'),
      delivery: { burst: wrong('b') },
      headers: Object.assign([undefined, { value: wrong('v') }], { root: wrong('all') }),
      url: wrong('u'),
    };
    expect(flatErrors(errors).map(({ path }) => path)).toEqual([
      'url',
      'headers.1.value',
      'headers',
      'triggers',
      'delivery.burst',
    ]);
    expect(labelOf('headers.1.value')).toBe('Header 2');
  });
});

describe('what somebody else changed', () => {
  it('is nothing where only times and tests went on', () => {
    expect(changesBetween(webhook, { ...webhook, updated: 2, expiring: true, hasDraft: true }, true)).toEqual([]);
  });

  it('is told field by field, and never with secrets', () => {
    const changes = changesBetween(
      webhook,
      {
        ...webhook,
        name: '',
        secret: 'verysecret',
        headers: { Authorization: 'Bearer hidden', 'X-New': 'hidden' },
        triggers: ['workspace-created', 'protected-users-added'],
        status: 'enabled',
        delivery: { ...webhook.delivery, schedule: null },
      },
      true,
    );
    expect(changes).toEqual([
      { label: 'Name', lines: ['Billing sync → nothing'] },
      { label: 'Authentication Secret', lines: ['another one'] },
      {
        label: 'Authorization headers',
        lines: ['Authorization has another value', 'X-Request-ID removed', 'X-New added'],
      },
      { label: 'Triggers', lines: ['protected-users-added added', 'subscription-updated removed'] },
      { label: 'Status', lines: ['disabled → enabled'] },
      { label: 'Delivery', lines: ['Waits between attempts: 30 s, 5 min → usual'] },
    ]);
    expect(JSON.stringify(changes)).not.toMatch(/verysecret|hidden/);
  });

  it('of the status is nothing to a draft', () => {
    expect(changesBetween(webhook, { ...webhook, status: 'enabled' }, false)).toEqual([]);
  });
});
