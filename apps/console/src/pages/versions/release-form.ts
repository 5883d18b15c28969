import type { FieldError } from '../../api/problem.ts';
import type { Body } from '../../api/types.ts';
import { jsonFault } from './json-fault.ts';

export type ReleaseBody = Body<'/versions', 'post'>;
export type TriggerForm = {
  readonly type: string;
  readonly schema: string;
  readonly example: string;
  readonly downgrade: string;
};
export type ReleaseForm = { readonly name: string; readonly notes: string; readonly triggers: readonly TriggerForm[] };
/** By field: `name`, `notes`, `triggers`, `triggers.<type>.schema`, `.example`, `.downgrade`. */
export type FormErrors = ReadonlyMap<string, string>;

export const EMPTY: ReleaseForm = { name: '', notes: '', triggers: [] };
const PARTS = ['schema', 'example', 'downgrade'] as const;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

type Shape = { readonly type: string; readonly schema: object; readonly example: object };

/** Begins with the shape the trigger has now, which a downgrade of `$` leaves as it is. */
export const triggerForm = ({ type, schema, example }: Shape): TriggerForm => ({
  type,
  schema: JSON.stringify(schema, null, 2),
  example: JSON.stringify(example, null, 2),
  downgrade: '$',
});

/** What is wrong with a text that is to be a JSON object, in a sentence. */
export function jsonProblem(text: string): string | undefined {
  if (text.trim() === '') return 'Enter a JSON object.';
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? undefined : 'This is JSON, but not an object: begin with { and end with }.';
  } catch {
    return `This is not JSON${placeIn(text)}.`;
  }
}

function placeIn(text: string): string {
  const at = jsonFault(text) ?? 0;
  if (text.slice(at).trim() === '') return ': it ends before everything is closed';
  const before = text.slice(0, at).split('\n');
  return `: look at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** What can be said before the server is asked. */
export function errorsIn(form: ReleaseForm, used: readonly string[]): FormErrors {
  const errors = new Map<string, string>();
  const name = form.name.trim();
  if (name === '') errors.set('name', 'Enter a name.');
  else if (!NAME.test(name)) {
    errors.set('name', 'Use letters, digits, dots, underscores and hyphens, and begin with a letter or a digit.');
  } else if (used.includes(name)) errors.set('name', 'There is a version of this name.');
  if (form.triggers.length === 0) errors.set('triggers', 'Add at least one trigger: a release changes something.');
  for (const { type, schema, example, downgrade } of form.triggers) {
    const set = (part: string, problem: string | undefined): void =>
      void (problem !== undefined && errors.set(`triggers.${type}.${part}`, problem));
    set('schema', jsonProblem(schema));
    set('example', jsonProblem(example));
    set('downgrade', downgrade.trim() === '' ? 'Enter an expression; $ leaves the data as it is.' : undefined);
  }
  return errors;
}

/** @throws for a form that has errors. */
export const bodyOf = ({ name, notes, triggers }: ReleaseForm): ReleaseBody => ({
  name: name.trim(),
  notes,
  triggers: Object.fromEntries(
    triggers.map(({ type, schema, example, downgrade }) => [
      type,
      { schema: JSON.parse(schema) as ReleaseBody, example: JSON.parse(example) as ReleaseBody, downgrade },
    ]),
  ),
});

/** Each error of the server at the field of the form it is about; what is about none is at `''`. Several of one field are joined. */
export function errorsOnFields(errors: readonly FieldError[], form: ReleaseForm): FormErrors {
  const found = new Map<string, string>();
  for (const { field, message } of errors) {
    const at = fieldOf(field, form);
    const said = sentence(field.slice(at.length).replace(/^\./, ''), message);
    found.set(at, [found.get(at), said].filter(Boolean).join(' '));
  }
  return found;
}

function fieldOf(field: string, { triggers }: ReleaseForm): string {
  for (const { type } of triggers) {
    const root = `triggers.${type}`;
    const part = PARTS.find((part) => field === `${root}.${part}` || field.startsWith(`${root}.${part}.`));
    if (part !== undefined) return `${root}.${part}`;
    if (field === root) return `${root}.schema`;
  }
  return ['name', 'notes', 'triggers'].find((known) => field === known) ?? '';
}

function sentence(rest: string, message: string): string {
  const said = rest === '' ? message : `${rest} ${message}`;
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.!?]$/.test(said) ? '' : '.'}`;
}

/** For people: "Schema of workspace-created". */
export function nameOfField(field: string): string {
  const [, type, part] = /^triggers\.(.+)\.(schema|example|downgrade)$/.exec(field) ?? [];
  if (type !== undefined && part !== undefined) return `${part.charAt(0).toUpperCase()}${part.slice(1)} of ${type}`;
  return { name: 'Name', notes: 'Notes', triggers: 'Triggers' }[field] ?? 'The release';
}
