import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Installation } from '../../../../test/support/installation.ts';

const ROOT = 'root';
const CYCLE = 'cycle-found';

let installation: Installation;
beforeAll(async () => {
  installation = await Installation.open();
});
afterAll(() => installation.dispose());

const trigger = (type: string, schema: object) =>
  installation.api.post('/triggers', { type, label: type, description: '', schema, example: { plain: 1 } });
const event = (id: string, type: string, data: object, workspaceId = ROOT) => ({ id, type, workspaceId, data });

describe('a schema that refers to itself without end', () => {
  const endless = 'cannot be checked: the schema refers to itself without end';
  const item = (id: string, status: string) => ({ id, status });
  const unchecked = (id: string) => ({ id, status: 'invalid', errors: [{ field: 'data', message: endless }] });
  const events = (name: string) => [
    event(`${name}-1`, CYCLE, { plain: 1 }),
    event(`${name}-2`, CYCLE, { cyclic: 1 }),
    event(`${name}-3`, CYCLE, { plain: 3 }),
  ];
  const answers = (name: string) => [
    item(`${name}-1`, 'accepted'),
    unchecked(`${name}-2`),
    item(`${name}-3`, 'accepted'),
  ];
  beforeAll(async () => {
    const schema = { properties: { cyclic: { $ref: '#/$defs/a' } }, $defs: { a: { allOf: [{ $ref: '#/$defs/a' }] } } };
    expect((await trigger(CYCLE, schema)).status).toBe(201);
  });

  it('is refused where the example shows it', async () => {
    const { status, data } = await trigger('cycle-shown', { $ref: '#' });
    expect([status, data.errors]).toEqual([400, [{ field: 'example', message: `example ${endless}` }]]);
    const release = { schema: { $ref: '#' }, example: {}, downgrade: '$' };
    const released = await installation.api.post('/versions', { name: 'cyclic', triggers: { [CYCLE]: release } });
    expect([released.status, released.data.errors]).toEqual([
      400,
      [{ field: `triggers.${CYCLE}.example`, message: endless }],
    ]);
  });

  it('makes an event that runs into it invalid, and no other', async () => {
    const { status, data } = await installation.api.post('/events', events('batch'));
    expect([status, data.items]).toEqual([202, answers('batch')]);
  });

  it('does not end a stream', async () => {
    const lines = events('line').map((each) => `${JSON.stringify(each)}\n`);
    const headers = { 'Content-Type': 'application/x-ndjson' };
    const { data } = await installation.api.post<string>('/events', lines.join(''), { headers, responseType: 'text' });
    const answered = data.trim().split('\n');
    expect(answered.map((line): unknown => JSON.parse(line))).toEqual(answers('line'));
  });
});

describe('an event of a new workspace that takes too long to read in the first version', () => {
  const downgrade = 'companyName = "Slow" ? ($loop := function() { $loop() }; $loop()) : $';
  const created = (workspaceId: string, companyName: string) =>
    event(
      `of-${workspaceId}`,
      'workspace-created',
      { companyName, displayName: companyName, type: 'child' },
      workspaceId,
    );

  it('is invalid, and the workspaces of others are registered', async () => {
    const release = { schema: { type: 'object' }, example: { companyName: 'Quick', displayName: '', type: 'child' } };
    const triggers = { 'workspace-created': { ...release, downgrade } };
    expect((await installation.api.post('/versions', { name: 'slow', triggers })).status).toBe(201);
    const { status, data } = await installation.api.post('/events', [
      created('slow', 'Slow'),
      created('quick', 'Quick'),
    ]);
    const errors = [{ field: 'data', message: expect.stringMatching(/took more than 50 ms/) }];
    expect([status, data.items]).toEqual([
      202,
      [
        { id: 'of-slow', status: 'invalid', errors },
        { id: 'of-quick', status: 'accepted' },
      ],
    ]);
  });
});
