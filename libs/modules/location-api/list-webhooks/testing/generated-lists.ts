import fc from 'fast-check';
import type { LocationWebhook } from '../../webhook-record/location-webhooks.projection.ts';
import type { Asked } from './list-model.ts';

export const WORKSPACES = ['here', 'there', 'elsewhere'] as const;
const businesses = [11, 22, 2 ** 31 - 1];

const texts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', 'a', 'A', 'ä', 'null', 'true', '1', ' ', 'a b', '\u{1f600}') },
  {
    weight: 4,
    arbitrary: fc.constantFrom("'; --", '"', '%', '_', '*', '$ne', '{"$gt":""}', 'a\u0000b', '&b=c#', '+', '%2B', '\n'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 3 }) },
);
const numbers = fc.constantFrom(-1, 0, 1, 2, 9, 10, 2 ** 31 - 1);
/** Around the ends of seconds and minutes, and of a day that not every year has. */
const instants = fc
  .tuple(
    fc.constantFrom('2025-01-15T10:30:00Z', '2025-01-15T10:30:07Z', '2024-03-01T00:00:00Z'),
    fc.constantFrom(-60_000, -1, 0, 999, 1_000, 59_999),
  )
  .map(([second, milliseconds]) => Date.parse(second) + milliseconds);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });

const webhook = fc
  .record({
    workspace: fc.nat(WORKSPACES.length - 1),
    isNumbered: fc.integer({ min: 0, max: 9 }).map((of10) => of10 > 0),
    name: texts,
    action: fc.option(fc.constantFrom(1, 2, 6, 90), { nil: null, freq: 6 }),
    description: orNull(texts),
    url: texts,
    active: fc.boolean(),
    lastError: orNull(texts),
    errorCount: numbers.filter((count) => count >= 0),
    lastTrigger: orNull(instants),
    createdOn: instants,
    updatedOn: instants,
    updatedBy: texts,
    removed: fc.integer({ min: 0, max: 9 }).map((of10) => of10 === 0),
  })
  .map(({ workspace, isNumbered, ...rest }): Omit<LocationWebhook, 'webhookId' | 'number' | 'listed'> => ({
    ...rest,
    workspaceId: WORKSPACES[workspace] ?? 'here',
    businessId: isNumbered ? (businesses[workspace] ?? 11) : null,
    triggers: [],
  }));

export const webhooks: fc.Arbitrary<readonly LocationWebhook[]> = fc
  .tuple(
    fc.array(webhook, { maxLength: 25, size: 'max' }),
    fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { minLength: 25 }),
  )
  .map(([all, ids]) =>
    all.map((one, at) => {
      const number = one.businessId === null ? null : (ids[at] ?? at);
      const listed = number !== null && one.action !== null && !one.removed;
      return { ...one, webhookId: `webhook-${at}`, number, listed };
    }),
  );

const written = fc
  .tuple(instants, fc.constantFrom(16, 19), fc.constantFrom('', 'Z'))
  .map(([at, length, zone]) => new Date(at).toISOString().slice(0, length) + zone);
const integers = numbers.map(String);
type Filter = readonly [name: string, value: fc.Arbitrary<string>];
const filters: readonly Filter[] = [
  ['WebHook_Business', fc.constantFrom(...businesses, 33).map(String)],
  ['WebHook_Name', texts],
  ['WebHook_Action', fc.constantFrom('1', '2', '6', '90', '7')],
  ['WebHook_Description', texts],
  ['WebHook_URL', texts],
  ['WebHook_Active', fc.constantFrom('true', 'false')],
  ['WebHook_LastError', texts],
  ['WebHook_ErrorCount', integers],
  ['from_WebHook_ErrorCount', integers],
  ['to_WebHook_ErrorCount', integers],
];
const ofInstants: readonly Filter[] = [
  'WebHook_LastTrigger',
  ...['LastTrigger', 'CreatedOn', 'UpdatedOn'].flatMap((field) => [`from_WebHook_${field}`, `to_WebHook_${field}`]),
].map((name) => [name, written]);
const filter = fc
  .oneof(fc.constantFrom(...filters), { weight: 2, arbitrary: fc.constantFrom(...ofInstants) })
  .chain(([name, value]) => fc.tuple(fc.constant(name), value));
const sortFields = [
  'BusinessId',
  'Name',
  'Action',
  'Description',
  'URL',
  'Active',
  'LastError',
  'ErrorCount',
  'LastTrigger',
  'Id',
  'CreatedOn',
  'UpdatedOn',
  'UpdatedBy',
];

/** Without a page. */
export const questions: fc.Arbitrary<Asked> = fc
  .tuple(
    fc.array(filter, { maxLength: 3 }),
    fc.record(
      {
        orderBy: fc.constantFrom(...sortFields),
        dir: fc.constantFrom('1', '-1'),
        size: fc.constantFrom('3', '7', '1000'),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([chosen, rest]) => ({ ...Object.fromEntries(chosen), ...rest }));

/** Percent-encoded, blanks as `+`. */
export const queryString = (asked: Asked): string => String(new URLSearchParams(asked));
