import { z } from 'zod';
import type { Condition, Query, Value } from '../../../platform/read-model/index.ts';
import { invalidOf } from '../envelope/location-invalid.ts';
import { actionSchema } from '../webhook-record/record.ts';
import { spanOf, type Span } from './instant-filter.ts';

/** What a list can be sorted by, and where documents have it. */
const SORTED_BY = {
  BusinessId: 'businessId',
  Name: 'name',
  Action: 'action',
  Description: 'description',
  URL: 'url',
  Active: 'active',
  LastError: 'lastError',
  ErrorCount: 'errorCount',
  LastTrigger: 'lastTrigger',
  Id: 'number',
  CreatedOn: 'createdOn',
  UpdatedOn: 'updatedOn',
  UpdatedBy: 'updatedBy',
} as const;
type SortField = keyof typeof SORTED_BY;
const sortFields = Object.keys(SORTED_BY) as SortField[];

const INSTANT = '`YYYY-MM-DDTHH:mm` in UTC; seconds may follow, and `Z`';
const NO_INTEGER = 'must be an integer of 32 bits';
const NO_SIZE = 'must be 1 to 1000';

/** Parameters are text; one that `read` cannot make more of is left for the schema to refuse. */
const reading = <S extends z.ZodType>(read: (text: string) => unknown, schema: S) =>
  z.preprocess((value) => (typeof value === 'string' ? read(value) : value), schema);

const numberIn = (text: string): unknown => (/^-?\d+$/.test(text) ? Number(text) : text);
const booleanIn = (text: string): unknown => (text === 'true' ? true : text === 'false' ? false : text);

const integer = () => reading(numberIn, z.int32(NO_INTEGER));
const instant = () =>
  z.string().transform((text, context): Span => {
    const span = spanOf(text);
    if (span) return span;
    context.addIssue(`must be an instant that exists, as ${INSTANT}`);
    return z.NEVER;
  });

const from = () => instant().optional().describe(`That or later: ${INSTANT}`);
const to = () => instant().optional().describe(`Up to the end of that minute, or second: ${INSTANT}`);
const exactly = () => z.string().optional().describe('The whole text');

export const querySchema = z.strictObject({
  page: reading(numberIn, z.int32(NO_INTEGER).min(1, 'must be 1 or more')).default(1).describe('From 1, the default'),
  size: reading(numberIn, z.int32(NO_INTEGER).min(1, NO_SIZE).max(1_000, NO_SIZE))
    .default(25)
    .describe('Records a page, 25 by default'),
  orderBy: z
    .enum(sortFields, `must be one of ${sortFields.join(', ')}`)
    .default('Id')
    .describe('Records without a value are the lowest'),
  dir: reading(numberIn, z.literal([1, -1], 'must be 1 or -1'))
    .default(1)
    .describe('1, the default: from the lowest; -1: from the highest'),
  WebHook_Business: integer().optional().describe('The BusinessId'),
  WebHook_Name: exactly(),
  WebHook_Action: reading(numberIn, actionSchema).optional(),
  WebHook_Description: exactly(),
  WebHook_URL: exactly(),
  WebHook_Active: reading(booleanIn, z.boolean('must be true or false')).optional(),
  WebHook_LastError: exactly(),
  WebHook_ErrorCount: integer().optional(),
  WebHook_LastTrigger: instant().optional().describe(`Within that minute, or second: ${INSTANT}`),
  from_WebHook_ErrorCount: integer().optional().describe('That many or more'),
  to_WebHook_ErrorCount: integer().optional().describe('That many or fewer'),
  from_WebHook_LastTrigger: from(),
  to_WebHook_LastTrigger: to(),
  from_WebHook_CreatedOn: from(),
  to_WebHook_CreatedOn: to(),
  from_WebHook_UpdatedOn: from(),
  to_WebHook_UpdatedOn: to(),
});
export type ListQuery = z.infer<typeof querySchema>;

/** @throws {LocationInvalid} with every parameter that is wrong. */
export function readQuery(parameters: Readonly<Record<string, unknown>>): ListQuery {
  const { success, data, error } = querySchema.safeParse(parameters);
  if (success) return data;
  throw invalidOf(
    error,
    'is not a known parameter',
    (name) => String(parameters[name]),
    (name) => (Array.isArray(parameters[name]) ? 'is given more than once' : undefined),
  );
}

/** What its filters ask of the documents that lists have. */
export function conditionsOf(query: ListQuery): readonly Condition[] {
  return [
    { field: 'listed', eq: true },
    ...ofBusiness(query),
    ...equal('name', query.WebHook_Name),
    ...equal('action', query.WebHook_Action),
    ...equal('description', query.WebHook_Description),
    ...equal('url', query.WebHook_URL),
    ...equal('active', query.WebHook_Active),
    ...equal('lastError', query.WebHook_LastError),
    ...equal('errorCount', query.WebHook_ErrorCount),
    { field: 'errorCount', gte: query.from_WebHook_ErrorCount, lte: query.to_WebHook_ErrorCount },
    during('lastTrigger', query.WebHook_LastTrigger, query.WebHook_LastTrigger),
    during('lastTrigger', query.from_WebHook_LastTrigger, query.to_WebHook_LastTrigger),
    during('createdOn', query.from_WebHook_CreatedOn, query.to_WebHook_CreatedOn),
    during('updatedOn', query.from_WebHook_UpdatedOn, query.to_WebHook_UpdatedOn),
  ];
}

/** Those of the same location that no record can express. */
export const leftOutConditionsOf = (query: ListQuery): readonly Condition[] => [
  { field: 'listed', eq: false },
  { field: 'removed', eq: false },
  { field: 'action', eq: null },
  ...ofBusiness(query),
];

export const sortOf = ({ orderBy, dir }: ListQuery): Query['sort'] => ({
  field: SORTED_BY[orderBy],
  direction: dir === 1 ? 'asc' : 'desc',
});

const ofBusiness = (query: ListQuery): readonly Condition[] => equal('businessId', query.WebHook_Business);

const equal = (field: string, value: Value | undefined): readonly Condition[] =>
  value === undefined ? [] : [{ field, eq: value }];

const during = (field: string, first: Span | undefined, last: Span | undefined): Condition => ({
  field,
  gte: first?.from,
  lt: last?.until,
});
