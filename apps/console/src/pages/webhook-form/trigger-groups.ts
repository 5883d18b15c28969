import type { TriggerView } from '../../api/types.ts';

export type TriggerGroup = { readonly label: string; readonly triggers: readonly TriggerView[] };
/** Own triggers of the platform, and the actions that the location API knows. */
export type TriggerBlocks = { readonly own: readonly TriggerGroup[]; readonly actions: readonly TriggerGroup[] };

const LARGE = 6;

/** A catalog by what its triggers are about, which the first words of their types say. */
export const blocksOf = (catalog: readonly TriggerView[]): TriggerBlocks => ({
  own: groupsOf(catalog.filter(({ action }) => action === undefined)),
  actions: groupsOf(catalog.filter(({ action }) => action !== undefined)),
});

export const triggersOf = (groups: readonly TriggerGroup[]): readonly TriggerView[] =>
  groups.flatMap(({ triggers }) => triggers);

/** Those with every word of the text in their type, label or description, in any case. */
export function matching(catalog: readonly TriggerView[], text: string): readonly TriggerView[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return catalog.filter(({ type, label, description }) => {
    const told = `${type} ${label} ${description}`.toLowerCase();
    return words.every((word) => told.includes(word));
  });
}

function groupsOf(catalog: readonly TriggerView[]): readonly TriggerGroup[] {
  const groups = buckets(catalog, 1).flatMap(([, triggers]) =>
    triggers.length > LARGE ? splitOf(triggers) : [groupOf(triggers)],
  );
  const alone = groups.filter(({ triggers }) => triggers.length === 1);
  const named = alone.length > 1 ? groups.filter(({ triggers }) => triggers.length > 1) : groups;
  const others = alone.length > 1 ? [{ label: 'Others', triggers: triggersOf(alone) }] : [];
  return [...named.toSorted((a, b) => a.label.localeCompare(b.label)), ...others];
}

/** A large group by its second words; what is alone then stays together. */
function splitOf(triggers: readonly TriggerView[]): readonly TriggerGroup[] {
  const parts = buckets(triggers, 2);
  const alone = parts.flatMap(([, part]) => (part.length === 1 ? part : []));
  const rest = alone.length === 0 ? [] : [{ label: labelOf(triggers[0]?.type ?? '', 1), triggers: alone }];
  return [...rest, ...parts.flatMap(([, part]) => (part.length === 1 ? [] : [groupOf(part)]))];
}

const groupOf = (triggers: readonly TriggerView[]): TriggerGroup => ({
  label: labelOf(triggers[0]?.type ?? '', triggers.length === 1 ? 1 : commonWords(triggers)),
  triggers,
});

function buckets(triggers: readonly TriggerView[], depth: number): readonly (readonly [string, TriggerView[]])[] {
  const found = new Map<string, TriggerView[]>();
  for (const trigger of triggers) {
    const key = wordsOf(trigger.type).slice(0, depth).join('-');
    found.set(key, [...(found.get(key) ?? []), trigger]);
  }
  return [...found];
}

const wordsOf = (type: string): readonly string[] => type.split(/[.-]/);

function commonWords(triggers: readonly TriggerView[]): number {
  const [first = [], ...others] = triggers.map(({ type }) => wordsOf(type));
  const differs = first.findIndex((word, i) => others.some((words) => words[i] !== word));
  return Math.max(1, differs === -1 ? first.length : differs);
}

function labelOf(type: string, words: number): string {
  const text = wordsOf(type).slice(0, words).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
