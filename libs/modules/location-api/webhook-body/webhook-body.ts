import { z } from 'zod';
import { targetProblem } from '../../../platform/outbound-http/index.ts';
import { actions } from '../../webhook-configuration/contract.ts';
import { actionSchema, NO_ACTION } from '../webhook-record/record.ts';

/** What a body cannot tell by itself. */
export type CreateRules = {
  /** Of the location that its BusinessId names, if the caller reaches one. */
  readonly workspaceId: string | undefined;
};
export type UpdateRules = CreateRules & {
  /** Whether its Id is that of a webhook of another location. */
  readonly isElsewhere: boolean;
};

const REQUIRED = 'is a required field';

const integer = () => z.int(orMissing('must be an integer'));
const text = () =>
  z.string(orMissing('must be text')).refine((given) => given.isWellFormed(), 'contains half of a surrogate pair');

const webhookFields = ({ workspaceId }: CreateRules) => ({
  BusinessId: integer()
    .describe('The location that it belongs to')
    .transform((_, context) => workspaceId ?? refused(context, 'is not a location you have access to')),
  Name: text().min(1, REQUIRED).max(256, 'must be at most 256 characters'),
  Action: action(),
  URL: target(),
  Description: text().max(4_096, 'must be at most 4096 characters').nullish().describe('Null for none'),
  Active: z
    .boolean('must be true or false')
    .nullish()
    .describe('While it is false, nothing is delivered. Null is the same as leaving it out'),
});

const told = () => z.unknown().optional().describe('Ignored');
/** A record can be sent back as it was read. */
const ignored = {
  LastError: told(),
  ErrorCount: told(),
  LastTrigger: told(),
  UniqueId: told(),
  CreatedOn: told(),
  UpdatedOn: told(),
  UpdatedBy: told(),
  IsNew: told(),
  SystemId: told(),
  ToStringText: told(),
  LocalizationDetails: told(),
  CustomFields: told(),
};

export const bodyExample = {
  BusinessId: 1_234_567,
  Name: 'Door access',
  Action: 6,
  URL: 'https://doors.example/bookings',
  Description: 'Opens the door for who has booked',
  Active: true,
};

export const createSchema = (rules: CreateRules) => z.strictObject({ ...webhookFields(rules), Id: told(), ...ignored });

export const updateSchema = (rules: UpdateRules) =>
  z.strictObject({
    Id: integer().refine(() => !rules.isElsewhere, 'is a webhook of another location'),
    ...webhookFields(rules),
    ...ignored,
  });

/** As commands have it; undefined is what was left out. */
export function settingsOf(input: z.infer<ReturnType<typeof createSchema>>) {
  const { BusinessId: workspaceId, Name: name, Action: trigger, URL: url, Description, Active } = input;
  return {
    workspaceId,
    name,
    trigger,
    url,
    description: Description === null ? '' : Description,
    status: Active === true ? ('enabled' as const) : Active === false ? ('disabled' as const) : undefined,
  };
}

function orMissing(message: string) {
  return {
    error: ({ input }: { readonly input?: unknown }) => (input === undefined || input === null ? REQUIRED : message),
  };
}

/** Its trigger. */
function action() {
  return integer()
    .meta(actionSchema.meta() ?? {})
    .transform((number, context) => actions[number - 1]?.trigger ?? refused(context, NO_ACTION));
}

function target() {
  return text()
    .superRefine((url, context) => {
      const message = url === '' ? REQUIRED : targetProblem(url);
      if (message !== undefined) context.addIssue(message);
    })
    .meta({ format: 'uri', description: 'http or https, at most 2,048 characters, without credentials' });
}

function refused(context: z.core.$RefinementCtx<unknown>, message: string): never {
  context.addIssue(message);
  return z.NEVER;
}
