type Typed = { readonly type: string };
export type Group<T extends Typed> = { readonly title: string; readonly triggers: readonly T[] };

const wordsOf = (type: string): readonly string[] => type.split(/[-.]/);

/**
 * Together is what is about the same thing: `coworker-contract-cancel` and `coworker-contract-renew` are about a coworker contract. That is
 * the longest beginning which others share; one that is a trigger itself names something that happens, and no thing.
 */
export function groupTriggers<T extends Typed>(triggers: readonly T[]): readonly Group<T>[] {
  const sharing = new Map<string, number>();
  const types = new Set(triggers.map(({ type }) => wordsOf(type).join(' ')));
  for (const { type } of triggers)
    for (const subject of beginnings(type)) sharing.set(subject, (sharing.get(subject) ?? 0) + 1);
  const groups = new Map<string, T[]>();
  for (const trigger of triggers) {
    const isSubject = (subject: string): boolean => (sharing.get(subject) ?? 0) > 1 && !types.has(subject);
    const subject = beginnings(trigger.type).find(isSubject) ?? '';
    groups.set(subject, [...(groups.get(subject) ?? []), trigger]);
  }
  // What is left alone in its group, since the others went to narrower ones, goes to those without a group.
  const all = [...groups];
  const isGroup = ([subject, members]: readonly [string, T[]]): boolean => subject !== '' && members.length > 1;
  const named = all.filter(isGroup);
  const others = all.filter((group) => !isGroup(group));
  return [
    ...named
      .map(([subject, members]) => ({ title: capital(subject), triggers: members }))
      .sort((a, b) => a.title.localeCompare(b.title)),
    ...(others.length === 0 ? [] : [{ title: 'Others', triggers: others.flatMap(([, members]) => members) }]),
  ];
}

/** The longest first; never the whole of it. */
function beginnings(type: string): readonly string[] {
  const words = wordsOf(type);
  return words.slice(1).map((_, index) => words.slice(0, words.length - 1 - index).join(' '));
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

type Found = Typed & {
  readonly label: string;
  readonly description: string;
  readonly action?: { readonly name: string } | undefined;
};

/** Every word that is typed is somewhere in it. */
export function matching<T extends Found>(triggers: readonly T[], search: string): readonly T[] {
  const words = search.toLowerCase().split(/\s+/);
  return triggers.filter(({ type, label, description, action }) => {
    const text = `${type} ${label} ${description} ${action?.name ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
