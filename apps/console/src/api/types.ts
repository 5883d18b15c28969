import type { paths } from './schema.d.ts';

/** The paths with headers left optional: the client itself adds `Workspace`. */
export type Api = {
  [Path in keyof paths]: {
    [Method in keyof paths[Path]]: paths[Path][Method] extends { parameters: infer P }
      ? Omit<paths[Path][Method], 'parameters'> & {
          parameters: Omit<P, 'header'> & { header?: Record<string, string | undefined> };
        }
      : paths[Path][Method];
  };
};

type Json<R> = R extends { content: { 'application/json': infer B } } ? B : never;
type Answers<O> = O extends { responses: infer R } ? R : never;

/** The JSON a route answers with on success: `Answer<'/session', 'get'>`. */
export type Answer<Path extends keyof paths, Method extends keyof paths[Path]> = {
  [Status in keyof Answers<paths[Path][Method]>]: Status extends 200 | 201 | 202
    ? Json<Answers<paths[Path][Method]>[Status]>
    : never;
}[keyof Answers<paths[Path][Method]>];

/** One item of a list: `Item<'/deliveries'>`. */
export type Item<Path extends keyof paths> =
  Answer<Path, 'get' & keyof paths[Path]> extends { items: (infer I)[] } ? I : never;

/** The JSON a route takes: `Body<'/users', 'post'>`. */
export type Body<Path extends keyof paths, Method extends keyof paths[Path]> = paths[Path][Method] extends {
  requestBody?: { content: { 'application/json': infer B } };
}
  ? B
  : never;

/** What a list can be asked: `Query<'/deliveries'>`. */
export type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never;

export type SessionView = Answer<'/session', 'get'>;
export type WorkspaceView = Item<'/workspaces'>;
export type WebhookView = Item<'/settings/webhooks'>;
export type DraftView = Answer<'/settings/webhooks/{id}/draft', 'get'>;
export type DeliveryView = Item<'/deliveries'>;
export type AttemptView = DeliveryView['attempts'][number];
export type RedeliveryView = Item<'/redeliveries'>;
export type TriggerView = Item<'/triggers'>;
export type ActivityEntry = Item<'/activity'>;
export type ApiClientView = Item<'/api-clients'>;
export type UserView = Item<'/users'>;
export type VersionView = Item<'/versions'>;
