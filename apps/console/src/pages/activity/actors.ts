import type { ActivityEntry } from '../../api/types.ts';
import type { ChoiceGroup, IconName } from '../../ui/index.ts';

export type ActorWords = {
  readonly name: string;
  /** What kind of actor: "API client". */
  readonly what: string;
  readonly icon: IconName;
};

const whats: Readonly<Record<string, { readonly what: string; readonly icon: IconName }>> = {
  client: { what: 'API client', icon: 'key' },
  user: { what: 'User', icon: 'user' },
  link: { what: 'Console link', icon: 'link' },
  saga: { what: 'System', icon: 'system' },
  system: { what: 'System', icon: 'system' },
  ingestion: { what: 'System', icon: 'system' },
};

/** Who did it, for people. One without a name is known by the beginning of the id. */
export function actorWords({ actor, actorName }: Pick<ActivityEntry, 'actor' | 'actorName'>): ActorWords {
  const [kind = '', ...rest] = actor.split(':');
  const id = rest.join(':');
  const { what, icon } = whats[kind] ?? { what: 'Actor', icon: 'user' as const };
  if (what === 'System') return { name: 'System', what, icon };
  return { name: actorName ?? (id === '' ? actor : `${what} ${id.slice(0, 8)}`), what, icon };
}

/** "System" does many things; which of them it was is in the actor: `saga:disable-failing-webhook`. */
export const partOfSystem = (actor: string): string | undefined =>
  actor === 'ingestion' ? 'ingestion' : actor.startsWith('saga:') ? actor.slice(5).replaceAll('-', ' ') : undefined;

type Named = Pick<ActivityEntry, 'actor' | 'actorName'>;

/** To choose from: each once, those that are called by name first. */
export function actorGroups(known: readonly Named[]): readonly ChoiceGroup[] {
  const byActor = new Map(known.map((one) => [one.actor, one]));
  const groups = new Map<string, { value: string; label: string; description?: string }[]>();
  for (const [actor, one] of byActor) {
    const { name, what } = actorWords(one);
    const part = partOfSystem(actor);
    const option = { value: actor, label: name, ...(part === undefined ? {} : { description: part }) };
    groups.set(what, [...(groups.get(what) ?? []), option]);
  }
  return ['User', 'API client', 'Console link', 'Actor', 'System'].map((what) => ({
    title: what === 'System' ? what : `${what}s`,
    options: (groups.get(what) ?? []).sort((a, b) => a.label.localeCompare(b.label)),
  }));
}
