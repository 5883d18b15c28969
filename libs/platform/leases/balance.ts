import type { Lease } from './port.ts';

export type Situation = {
  readonly owner: string;
  /** All names to be shared. */
  readonly names: readonly string[];
  /** The processes that take part; this one does in any case. */
  readonly members: readonly string[];
  /** What is held of the names, by members and by others. */
  readonly leases: readonly Lease[];
  /** What this process works on, the longest held first; without what it is giving back already. */
  readonly kept: readonly string[];
  /** What it must not take for now. */
  readonly barred: ReadonlySet<string>;
};

export type Moves = { readonly take: readonly string[]; readonly giveBack: readonly string[] };

/** What this process should take and give back, so that all names are held and no two members differ by more than one. */
export function balance(situation: Situation): Moves {
  const { owner, names, leases, kept, barred } = situation;
  const members = [...new Set([...situation.members, owner])].sort();
  const owners = new Map(leases.map((lease) => [lease.name, lease.owner]));
  const counts = new Map(members.map((member) => [member, 0]));
  for (const name of names) {
    const holder = owners.get(name);
    const count = holder === undefined ? undefined : counts.get(holder);
    if (holder !== undefined && count !== undefined) counts.set(holder, count + 1);
  }
  const quota = quotas(counts, names.length).get(owner) ?? 0;
  if (kept.length >= quota) return { take: [], giveBack: kept.slice(quota) };
  const free = names.filter((name) => (owners.get(name) ?? owner) === owner && !barred.has(name));
  // Processes that look for names at the same moment begin at different ones.
  const first = Math.floor((free.length * [...members].sort().indexOf(owner)) / members.length);
  const take = [...free.slice(first), ...free.slice(0, first)].slice(0, quota - kept.length);
  return { take, giveBack: [] };
}

/**
 * How many names each member is to hold. They add up to `total` and differ by one at most. The larger ones go to members that hold as
 * many or more, so that nothing is moved without need; how many more does not matter, since that changes while they give back.
 * Members that see the same counts come to the same result.
 */
export function quotas(counts: ReadonlyMap<string, number>, total: number): ReadonlyMap<string, number> {
  const larger = total % counts.size;
  const each = Math.floor(total / counts.size);
  const ranked = [...counts]
    .map(([member, count]) => ({ member, count: Math.min(count, each + 1) }))
    .sort((a, b) => b.count - a.count || (a.member < b.member ? -1 : 1));
  return new Map(ranked.map(({ member }, rank) => [member, each + (rank < larger ? 1 : 0)]));
}
