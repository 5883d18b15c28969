import type { ChoiceGroup } from '../../ui/index.ts';

const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Webhooks: {
    'webhook-created': 'Webhook created',
    'webhook-changed': 'Webhook changed',
    'webhook-enabled': 'Webhook enabled',
    'webhook-disabled': 'Webhook disabled',
    'webhook-removed': 'Webhook removed',
    'webhook-secret-rotated': 'Webhook secret rotated',
    'test-requested': 'Test asked for',
    'backlog-filled': 'Too many deliveries waiting',
    'backlog-cleared': 'Room for deliveries again',
  },
  Drafts: {
    'draft-created': 'Draft made',
    'draft-changed': 'Draft changed',
    'draft-published': 'Draft published',
    'draft-discarded': 'Draft discarded',
  },
  Redeliveries: {
    'redelivery-started': 'Redelivery started',
    'redelivery-finished': 'Redelivery finished',
    'redelivery-cancelled': 'Redelivery cancelled',
    'held-cancelled': 'Held deliveries cancelled',
  },
  'Users and console links': {
    'user-signed-in': 'User signed in',
    'user-invited': 'User invited',
    'user-registered': 'User registered',
    'user-changed': 'User changed',
    'user-removed': 'User removed',
    'user-sessions-ended': 'User signed out everywhere',
    'password-set': 'Password set',
    'console-link-issued': 'Console link made',
    'console-link-opened': 'Console link opened',
    'console-link-revoked': 'Console link revoked',
  },
  'API clients': {
    'api-client-issued': 'API client issued',
    'api-client-secret-rotated': 'API client secret rotated',
    'api-client-scopes-changed': 'API client scopes changed',
    'api-client-revoked': 'API client revoked',
  },
  Workspaces: {
    'workspace-registered': 'Workspace registered',
    'workspace-settings-changed': 'Workspace settings changed',
    'workspace-moved': 'Workspace moved',
    'workspace-move-ignored': 'Workspace move ignored',
    'workspace-secret-rotated': 'Workspace secret rotated',
  },
  'Versions and notices': {
    'version-released': 'Version released',
    'version-expired': 'Version expired',
    'version-withdrawn': 'Version withdrawn',
    'expiration-postponed': 'Expiration postponed',
    'milestone-reached': 'Milestone reached',
    'notice-sent': 'Mail sent',
    'notice-failed': 'Mail failed',
    'notice-skipped': 'Mail not needed any more',
    'notification-due': 'Pop-up raised',
    'notification-acknowledged': 'Pop-up acknowledged',
  },
  'Catalog and ingestion': {
    'trigger-added': 'Trigger added',
    'trigger-changed': 'Trigger changed',
    'platform-event-parked': 'Platform event parked',
    'parked-event-replayed': 'Parked event taken in',
    'parked-event-dropped': 'Parked event dropped',
  },
};

const names: ReadonlyMap<string, string> = new Map(Object.values(groups).flatMap((kinds) => Object.entries(kinds)));

/** What happened, in two or three words; a kind that is new here gets its own, spelled out. */
export function kindName(kind: string): string {
  const words = kind.replaceAll('-', ' ');
  return names.get(kind) ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** To choose from, with those of the URL that are not known here. */
export function kindGroups(chosen: readonly string[]): readonly ChoiceGroup[] {
  const unknown = chosen.filter((kind) => !names.has(kind));
  return [
    ...Object.entries(groups).map(([title, kinds]) => ({
      title,
      options: Object.entries(kinds).map(([value, label]) => ({ value, label })),
    })),
    { title: 'Other', options: unknown.map((value) => ({ value, label: kindName(value) })) },
  ];
}

/** As the API takes several. */
export const kindsOf = (text: string | undefined): readonly string[] =>
  (text ?? '').split(',').filter((kind) => kind !== '');
