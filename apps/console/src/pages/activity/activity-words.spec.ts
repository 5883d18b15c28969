import { describe, expect, it } from '@jest/globals';
import { actorGroups, actorWords, partOfSystem } from './actors.ts';
import { exportUrl } from './export-url.ts';
import { kindGroups, kindName, kindsOf } from './kinds.ts';

describe('who did it', () => {
  it.each([
    ['user:u-1', 'ana@acme.example', 'ana@acme.example', 'User'],
    ['client:q3v0bY8mJ2x7', null, 'API client q3v0bY8m', 'API client'],
    ['saga:disable-failing-webhook', 'System', 'System', 'System'],
    ['ingestion', 'System', 'System', 'System'],
    ['cron:x', null, 'Actor x', 'Actor'],
    ['somebody', null, 'somebody', 'Actor'],
  ])('%s is called %s', (actor, actorName, name, what) => {
    expect(actorWords({ actor, actorName })).toMatchObject({ name, what });
  });

  it('is offered once, by kind and by name', () => {
    const known = [
      { actor: 'user:2', actorName: null },
      { actor: 'user:1', actorName: 'bo@a.example' },
      { actor: 'user:2', actorName: 'ana@a.example' },
      { actor: 'saga:keep-calendar', actorName: 'System' },
    ];
    const groups = actorGroups(known).filter(({ options }) => options.length > 0);
    expect(groups).toEqual([
      {
        title: 'Users',
        options: [
          { value: 'user:2', label: 'ana@a.example' },
          { value: 'user:1', label: 'bo@a.example' },
        ],
      },
      { title: 'System', options: [{ value: 'saga:keep-calendar', label: 'System', description: 'keep calendar' }] },
    ]);
    expect(partOfSystem('user:1')).toBeUndefined();
  });
});

describe('what happened', () => {
  it('has a name for people, also where it is new', () => {
    expect(kindName('webhook-secret-rotated')).toBe('Webhook secret rotated');
    expect(kindName('moon-landed')).toBe('Moon landed');
  });

  it('is several kinds in the URL, unknown ones too', () => {
    expect(kindsOf('webhook-created,moon-landed,')).toEqual(['webhook-created', 'moon-landed']);
    expect(kindsOf(undefined)).toEqual([]);
    expect(kindGroups(['moon-landed']).at(-1)?.options).toEqual([{ value: 'moon-landed', label: 'Moon landed' }]);
    expect(kindGroups(['webhook-created']).at(-1)?.options).toEqual([]);
  });

  it('is of each kind once', () => {
    const values = kindGroups([]).flatMap(({ options }) => options.map(({ value }) => value));
    expect(new Set(values).size).toBe(values.length);
  });
});

describe('the link to the file', () => {
  it('has the filters and the workspace', () => {
    const query = { kind: 'webhook-created,webhook-changed', search: 'a&b=c', actor: undefined };
    expect(exportUrl(query, 'acme', 'csv')).toBe(
      '/activity/export?format=csv&kind=webhook-created%2Cwebhook-changed&search=a%26b%3Dc&workspace=acme',
    );
    expect(exportUrl({}, undefined, 'ndjson')).toBe('/activity/export?format=ndjson');
  });
});
