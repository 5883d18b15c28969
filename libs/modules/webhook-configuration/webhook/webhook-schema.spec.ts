import { describe, expect, it } from '@jest/globals';
import { validate } from '../../../platform/http/index.ts';
import { Refusal } from '../../../platform/kernel/index.ts';
import { createSchema, draftInputSchema, replaceSchema, type InputRules } from './webhook-schema.ts';
import { MASK, webhookExample } from './webhook-view.ts';
import type { Dialect } from './webhook.events.ts';

const rules: InputRules = {
  headerPrefix: 'X-Coro',
  knowsTrigger: (type) => ['workspace-created', 'subscription-updated', 'test'].includes(type),
  knowsVersion: (version) => version === '2026-11-01',
};
const { name, description, applyToAllDescendants, url, secret, headers, triggers, status, ...more } = webhookExample;
const seed = { name, description, applyToAllDescendants, url, secret, headers, triggers, status };
const { id, delivery, version: _version, ...told } = more;

const create = (change: object) => validate(createSchema(rules), { ...seed, ...change });
const replace = (change: object, of: Dialect = 'workspace') =>
  validate(replaceSchema(rules, of, id), { ...seed, ...change });
const fieldsRefused = (parse: () => unknown): string[] => {
  try {
    parse();
    return [];
  } catch (error) {
    if (error instanceof Refusal) return error.errors.map(({ field }) => field);
    throw error;
  }
};

describe('the body of a new webhook', () => {
  it('is taken as the guide shows it', () => expect(create({})).toEqual(seed));

  it('needs neither a name, nor a description, nor headers', () => {
    const { name: _, description: __, headers: ___, ...least } = seed;
    expect(validate(createSchema(rules), least)).toEqual({ ...least, name: '', description: '', headers: {} });
  });

  it.each([
    ['applyToAllDescendants', { applyToAllDescendants: undefined }],
    ['applyToAllDescendants', { applyToAllDescendants: 'yes' }],
    ['url', { url: undefined }],
    ['url', { url: 'ftp://customer.example/' }],
    ['url', { url: 'https://user:password@customer.example/' }],
    ['url', { url: `https://customer.example/${'a'.repeat(2_048)}` }],
    ['secret', { secret: undefined }],
    ['secret', { secret: '' }],
    ['secret', { secret: 'whsec_short' }],
    ['secret', { secret: MASK }],
    ['headers', { headers: ['X-A'] }],
    ['headers.X-Number', { headers: { 'X-Number': 1 } }],
    ['headers.Host', { headers: { Host: 'elsewhere' } }],
    ['headers.Authorization', { headers: { Authorization: MASK } }],
    ['triggers', { triggers: undefined }],
    ['triggers', { triggers: [] }],
    ['triggers[1]', { triggers: ['workspace-created', 'unheard-of'] }],
    ['triggers[0]', { triggers: ['test'] }],
    ['triggers[0]', { triggers: [7] }],
    ['status', { status: undefined }],
    ['status', { status: 'paused' }],
    ['name', { name: 5 }],
    ['description', { description: null }],
    ['id', { id }],
    ['delivery', { delivery: null }],
    ['delivery', { delivery: [] }],
    ['delivery.burst', { delivery: { burst: 0 } }],
    ['version', { version: '2026-02-30' }],
    ['version', { version: null }],
    ['hasDraft', { hasDraft: told.hasDraft }],
    ['dialect', { dialect: 'location' }],
    ['number', { number: told.number }],
    ['previousSecretUntil', { previousSecretUntil: told.previousSecretUntil }],
    ['secret', { secret: null }],
    ['colour', { colour: 'red' }],
  ])('is refused naming %s: %j', (field, change) => expect(fieldsRefused(() => create(change))).toEqual([field]));

  it('is told everything that is wrong at once', () => {
    const wrong = {
      applyToAllDescendants: undefined,
      url: 'nowhere',
      secret: '',
      headers: { Host: 'a', 'X-Number': 1 },
      triggers: ['unheard-of'],
      status: 'on',
      colour: 'red',
    };
    expect(fieldsRefused(() => create(wrong)).sort()).toEqual(
      [
        'applyToAllDescendants',
        'colour',
        'headers.Host',
        'headers.X-Number',
        'secret',
        'status',
        'triggers[0]',
        'url',
      ].sort(),
    );
  });

  it.each([[null], ['text'], [[]], [5]])('is an object, not %j', (body) =>
    expect(fieldsRefused(() => validate(createSchema(rules), body))).toEqual(['']),
  );

  it('may spell it descendents', () => {
    const { applyToAllDescendants: _, ...rest } = seed;
    const parsed = validate(createSchema(rules), { ...rest, applyToAllDescendents: false });
    expect(parsed).toEqual({ ...seed, applyToAllDescendants: false });
  });

  it('may use both spellings if they agree', () => {
    expect(create({ applyToAllDescendents: true })).toEqual(seed);
    expect(fieldsRefused(() => create({ applyToAllDescendents: false }))).toEqual(['applyToAllDescendents']);
  });

  it('names a trigger once', () => {
    const triggers = ['workspace-created', 'subscription-updated', 'workspace-created'];
    expect(create({ triggers }).triggers).toEqual(['workspace-created', 'subscription-updated']);
  });
});

describe('the body that replaces a webhook', () => {
  it('may be what was read', () => expect(replace({ id, ...told, delivery })).toEqual({ ...seed, delivery }));

  it('may name a version, if it is known', () => {
    expect(replace({ version: '2026-11-01' })).toEqual({ ...seed, version: '2026-11-01' });
    expect(fieldsRefused(() => replace({ version: '2026-02-30' }))).toEqual(['version']);
  });

  it('may leave the delivery settings out', () => expect(replace({})).not.toHaveProperty('delivery'));

  it('may leave the secret out, or send its mask', () => {
    const { secret: _, ...kept } = seed;
    expect(replace({ secret: undefined })).toEqual(kept);
    expect(replace({ secret: MASK })).toEqual(kept);
  });

  it('has null for the secret of one of the location dialect, and of no other', () => {
    const { secret: _, ...kept } = seed;
    expect(replace({ ...told, dialect: 'location', secret: null }, 'location')).toEqual(kept);
    expect(replace({ secret: MASK }, 'location')).toEqual(kept);
    expect(fieldsRefused(() => replace({ dialect: 'location', secret: null }))).toEqual(['secret']);
  });

  it('may mask header values', () => {
    expect(replace({ headers: { 'X-Request-ID': MASK } }).headers).toEqual({ 'X-Request-ID': MASK });
  });

  it('is refused for another id', () => expect(fieldsRefused(() => replace({ id: 'another' }))).toEqual(['id']));

  it('needs its status and its spelling as a new one does', () => {
    expect(fieldsRefused(() => replace({ status: undefined, applyToAllDescendants: undefined })).sort()).toEqual([
      'applyToAllDescendants',
      'status',
    ]);
  });
});

describe('the body of a draft', () => {
  const draft = (body: unknown, of: Dialect = 'workspace') => validate(draftInputSchema(rules, of), body);

  it('may have any of the fields, and adds nothing to them', () => {
    expect(draft({})).toEqual({});
    expect(draft({ description: '' })).toEqual({ description: '' });
    const { status: _, ...fields } = seed;
    const all = { ...fields, delivery, version: '2026-11-01' };
    expect(draft(all)).toEqual(all);
  });

  it('may spell it descendents', () => {
    expect(draft({ applyToAllDescendents: false })).toEqual({ applyToAllDescendants: false });
    const both = { applyToAllDescendants: true, applyToAllDescendents: false };
    expect(fieldsRefused(() => draft(both))).toEqual(['applyToAllDescendents']);
  });

  it('changes no secret by its mask, nor by null where there is none', () => {
    expect(draft({ secret: MASK })).toEqual({});
    expect(draft({ secret: null }, 'location')).toEqual({});
    expect(fieldsRefused(() => draft({ secret: null }))).toEqual(['secret']);
  });

  it.each([
    ['status', { status: 'enabled' }],
    ['id', { id }],
    ['version', { version: '2026-02-30' }],
    ['url', { url: 'nowhere' }],
    ['triggers', { triggers: [] }],
    ['headers.Host', { headers: { Host: 'elsewhere' } }],
    ['', []],
    ['', null],
  ])('is refused naming %s: %j', (field, body) => expect(fieldsRefused(() => draft(body))).toEqual([field]));
});
