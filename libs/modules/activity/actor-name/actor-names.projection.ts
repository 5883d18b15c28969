import type { DomainEvent, Projection } from '../../../platform/kernel/index.ts';

/** What somebody who acts is called: the e-mail of a user, the name of an API client, the label of a console link. */
export type ActorName = {
  readonly actor: string;
  readonly name: string;
  /** The root of what they reach: theirs who reach it is the name, and nobody else's. */
  readonly workspaceId: string;
};

type NamingEvent = DomainEvent<string, Readonly<Record<string, unknown>>>;

/** By the type of the event: the kind of actor, the field with its id, and the one with its name. */
const NAMED_BY: Readonly<Record<string, readonly [kind: string, id: string, name: string]>> = {
  ApiClientIssued: ['client', 'clientId', 'name'],
  UserRegistered: ['user', 'userId', 'email'],
  UserInvited: ['user', 'userId', 'email'],
  ConsoleLinkIssued: ['link', 'linkId', 'label'],
};

/** Of those who are gone, too: what they did stays in the trail. */
export const actorNames: Projection<ActorName, NamingEvent> = {
  name: 'actor-names',
  version: 2,
  categories: ['apiClient', 'user', 'consoleLink'],
  fields: [],
  byPosition: false,
  keys: (event) => named(event).map(({ actor }) => actor),
  fold: (_, event) => named(event)[0],
};

function named({ type, data }: NamingEvent): readonly ActorName[] {
  const [kind, id, name] = NAMED_BY[type] ?? [];
  if (kind === undefined || id === undefined || name === undefined) return [];
  const called = data[name];
  if (typeof called !== 'string' || called === '') return [];
  return [{ actor: `${kind}:${String(data[id])}`, name: called, workspaceId: String(data['workspaceId']) }];
}
