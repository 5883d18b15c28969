/** What decides who is told of the webhooks of a workspace. */
export type Told = {
  readonly parentWorkspaceId: string | null;
  readonly notificationLevel: 'none' | 'parent' | 'all';
  /** Separated by commas. */
  readonly adminEmails: string;
};
export type Mailed = {
  /** Each once, in whatever case it is written. */
  readonly addresses: readonly string[];
  /** Workspaces whose level, or whose lack of addresses, lets nobody be told. */
  readonly untold: readonly string[];
};

/** Who would be mailed today about webhooks of these workspaces, as far as these are known. */
export function mailedOf(workspaceIds: readonly string[], workspaceOf: (id: string) => Told | undefined): Mailed {
  const addresses = new Map<string, string>();
  const untold: string[] = [];
  for (const id of workspaceIds) {
    const told = toldBy(id, workspaceOf).flatMap((of) => addressesIn(workspaceOf(of)?.adminEmails ?? ''));
    for (const address of told)
      if (!addresses.has(address.toLowerCase())) addresses.set(address.toLowerCase(), address);
    if (told.length === 0 && workspaceOf(id) !== undefined) untold.push(id);
  }
  return { addresses: [...addresses.values()], untold };
}

/** The workspaces whose admins are told. */
function toldBy(id: string, workspaceOf: (id: string) => Told | undefined): readonly string[] {
  const { parentWorkspaceId: parent = null, notificationLevel = 'none' } = workspaceOf(id) ?? {};
  if (notificationLevel === 'none') return [];
  return [...(notificationLevel === 'all' ? [id] : []), ...(parent === null ? [] : [parent])];
}

const addressesIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
