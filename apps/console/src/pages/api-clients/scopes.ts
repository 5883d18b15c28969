export type ScopeWords = { readonly scope: string; readonly words: string };
export type ScopeGroup = { readonly title: string; readonly scopes: readonly ScopeWords[] };

const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Events: {
    'events:publish': 'Publish events',
    'events:read': 'See published events',
    'triggers:read': 'See the trigger catalog',
    'triggers:write': 'Change the trigger catalog',
  },
  Webhooks: {
    'webhooks:read': 'See webhooks',
    'webhooks:write': 'Create, change, test and remove webhooks',
    'deliveries:read': 'See deliveries and their attempts',
    'deliveries:write': 'Redeliver, release and cancel',
  },
  'Location API': {
    'location-webhooks:list': 'List its webhooks',
    'location-webhooks:read': 'See one of its webhooks',
    'location-webhooks:create': 'Create its webhooks',
    'location-webhooks:edit': 'Change its webhooks',
    'location-webhooks:delete': 'Remove its webhooks',
  },
  'Log and versions': {
    'activity:read': 'See the activity log',
    'versions:read': 'See webhook versions',
    'versions:write': 'Release, postpone and withdraw webhook versions',
    'notices:read': 'See the mails about versions',
    'notifications:read': 'See pop-ups',
    'notifications:write': 'Acknowledge pop-ups',
  },
  Administration: {
    'workspaces:read': 'See workspaces',
    'workspaces:write': 'Register, change and move workspaces',
    'api-clients:read': 'See API clients',
    'api-clients:write': 'Issue, rotate and revoke API clients',
    'users:read': 'See users',
    'users:write': 'Invite, change and remove users',
    'console-links:write': 'Make console links',
  },
  Installation: {
    'installation:read': 'See the health and the mails of the installation',
    'ingestion:read': 'See parked platform events',
    'ingestion:write': 'Replay and drop parked platform events',
  },
};

const words: ReadonlyMap<string, string> = new Map(Object.values(groups).flatMap((scopes) => Object.entries(scopes)));

/** "See webhooks"; what is new here is called as the API calls it. */
export const scopeWords = (scope: string): string => words.get(scope) ?? scope;

/** These scopes in words, by what they are about; nothing else. */
export function scopeGroups(scopes: readonly string[]): readonly ScopeGroup[] {
  const all: readonly ScopeGroup[] = [
    ...Object.entries(groups).map(([title, known]) => ({
      title,
      scopes: Object.entries(known)
        .filter(([scope]) => scopes.includes(scope))
        .map(([scope, told]) => ({ scope, words: told })),
    })),
    {
      title: 'Others',
      scopes: scopes.filter((scope) => !words.has(scope)).map((scope) => ({ scope, words: scope })),
    },
  ];
  return all.filter((group) => group.scopes.length > 0);
}

/** The first few in words, and how many more there are. */
export function scopesInShort(scopes: readonly string[], shown = 2): string {
  const told = scopeGroups(scopes)
    .flatMap((group) => group.scopes.map((scope) => scope.words))
    .map((text, at) => (at === 0 ? text : `${text.charAt(0).toLowerCase()}${text.slice(1)}`));
  const more = told.length - shown;
  return more > 0 ? `${told.slice(0, shown).join(', ')} and ${more} more` : told.join(', ');
}

/** What somebody lacks of these: they cannot hand it out. */
export const beyond = (scopes: readonly string[], held: readonly string[]): readonly string[] =>
  scopes.filter((scope) => !held.includes(scope));
