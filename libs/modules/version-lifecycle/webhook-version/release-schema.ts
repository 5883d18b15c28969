import { z } from 'zod';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const NAME_RULE = 'must be 1 to 64 letters, digits, dots, underscores and hyphens, and begin with a letter or digit';
/** With it and the notes an event stays below what every store takes, 1 MiB. */
const MOST_STORED_KIB = 512;
const TOO_LARGE = `must take at most ${MOST_STORED_KIB} KiB as stored, with numbers written out: 1e20 takes 21 characters`;
const jsonObject = z.record(z.string(), z.unknown());

export const triggerRelease = z.strictObject({
  schema: jsonObject.describe('JSON Schema (2020-12) of the `data` of an event, from this version on'),
  example: jsonObject.describe('A `data` that satisfies the schema'),
  downgrade: z.string().min(1).describe('JSONata: `data` of this version in, `data` of the version before it out'),
});

export const releaseSchema = z.strictObject({
  name: z.string().regex(NAME, NAME_RULE).describe('Never used before, also by a version that was withdrawn'),
  notes: z.string().max(10_000).default('').describe('What changes, for whoever has to move'),
  triggers: z
    .record(z.string(), triggerRelease)
    .refine((triggers) => Object.keys(triggers).length > 0, 'must have at least one trigger')
    // Not bounded by the body: numbers may be longer as they are written again.
    .refine((triggers) => Buffer.byteLength(JSON.stringify(triggers)) <= MOST_STORED_KIB * 1024, TOO_LARGE)
    .describe('What changes, by type; a trigger that is not named keeps its shape'),
});
export type Release = z.infer<typeof releaseSchema>;

export const releaseExample: Release = {
  name: '2026-11-01',
  notes: '`maxProtectedUsers` is a number now, and `companyName` is `name`.',
  triggers: {
    'workspace-created': {
      schema: {
        type: 'object',
        required: ['name', 'displayName', 'type'],
        properties: {
          name: { type: 'string' },
          displayName: { type: 'string' },
          type: { enum: ['regular', 'channel', 'child'] },
          maxProtectedUsers: { type: 'integer' },
        },
      },
      example: { name: 'company1', displayName: 'company1', type: 'child', maxProtectedUsers: 25 },
      downgrade:
        '{ "companyName": name, "displayName": displayName, "type": type, "maxProtectedUsers": $string(maxProtectedUsers) }',
    },
  },
};
