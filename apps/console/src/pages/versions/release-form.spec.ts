import { describe, expect, it } from '@jest/globals';
import { bodyOf, errorsIn, errorsOnFields, jsonProblem, nameOfField, triggerForm } from './release-form.ts';

const trigger = triggerForm({ type: 'a.b', schema: { type: 'object' }, example: { count: 1 } });
const form = { name: ' 2026-12-01 ', notes: '', triggers: [trigger] };

describe('a text that is to be JSON', () => {
  it.each([
    ['', 'Enter a JSON object.'],
    ['[1]', 'This is JSON, but not an object: begin with { and end with }.'],
    ['{\n  "a": 1,\n  b\n}', 'This is not JSON: look at line 3, column 3.'],
    ['{ "a": 1', 'This is not JSON: it ends before everything is closed.'],
  ])('%j is answered', (text, problem) => expect(jsonProblem(text)).toMatch(problem));

  it('may be any object', () => expect(jsonProblem('{"a": [1, null]}')).toBeUndefined());
});

describe('a release', () => {
  it('begins with the shape a trigger has', () => {
    expect(errorsIn(form, [])).toEqual(new Map());
    expect(bodyOf(form)).toEqual({
      ...{ name: '2026-12-01', notes: '' },
      triggers: { 'a.b': { schema: { type: 'object' }, example: { count: 1 }, downgrade: '$' } },
    });
  });

  it('needs a name nobody had, a trigger, and what a trigger is made of', () => {
    const errors = errorsIn({ name: 'old', notes: '', triggers: [{ ...trigger, schema: '{', downgrade: ' ' }] }, [
      'old',
    ]);
    expect([...errors.keys()]).toEqual(['name', 'triggers.a.b.schema', 'triggers.a.b.downgrade']);
    expect([...errorsIn({ name: '-', notes: '', triggers: [] }, []).keys()]).toEqual(['name', 'triggers']);
  });
});

describe('what the server finds wrong', () => {
  it('is said at the field it is about', () => {
    const errors = [
      { field: 'name', message: 'must be short' },
      {
        field: 'triggers.a.b.downgrade',
        message: 'makes of the example what version 1 does not take: data.count must be string',
      },
      { field: 'triggers.a.b.example.count', message: 'must be string' },
      { field: 'triggers.a.b.example', message: 'is odd' },
      { field: 'triggers.a.b', message: 'is not a trigger of the catalog' },
      { field: 'colour', message: 'is not known' },
    ];
    expect([...errorsOnFields(errors, form)]).toEqual([
      ['name', 'Must be short.'],
      ['triggers.a.b.downgrade', 'Makes of the example what version 1 does not take: data.count must be string.'],
      ['triggers.a.b.example', 'Count must be string. Is odd.'],
      ['triggers.a.b.schema', 'Is not a trigger of the catalog.'],
      ['', 'Colour is not known.'],
    ]);
  });

  it.each([
    ['triggers.a.b.schema', 'Schema of a.b'],
    ['name', 'Name'],
    ['', 'The release'],
  ])('at %j is called %s', (field, name) => expect(nameOfField(field)).toBe(name));
});
