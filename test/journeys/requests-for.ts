import type { Readable } from 'node:stream';
import type { AxiosInstance, AxiosResponse } from 'axios';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { examplesIn, type Parameter, type Placed } from '../api/open-api.ts';
import type { Place } from './marked-place.ts';

/** One way to ask an operation for something of a place. */
export type Asked = {
  /** Where the request names what it is after. */
  readonly by: 'path' | 'parameter' | 'workspace' | 'query' | 'body' | 'nothing';
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly params: Record<string, string>;
  readonly data: unknown;
};

/** Whose id it is that stands in a path after this. */
const IDS_IN_PATHS: Record<string, (place: Place) => string> = {
  '/workspaces': (place) => place.workspaceId,
  '/api-clients': (place) => place.clientId,
  '/settings/webhooks': (place) => place.webhookId,
  '/events': (place) => place.eventId,
  '/deliveries': (place) => place.succeededId,
  '/redeliveries': (place) => place.redeliveryId,
  '/ingestion/parked': (place) => place.parkedId,
  '/notifications': (place) => place.notificationId,
  '/api/sys/webhooks': (place) => place.webhookNumber,
  '/users': (place) => place.userId,
  '/console-links': (place) => place.linkId,
};
/** What stands there where all is the installation's, and so nobody else's. */
const NAMES_IN_PATHS: Record<string, (place: Place) => string> = {
  '/triggers': () => 'workspace-created',
  '/versions': () => FIRST_VERSION,
  '/mails': (place) => place.mailId,
  '/installation': () => '',
  '/lanes': () => '',
};
/** What stands there where all is of whoever has the session. */
const OF_ONESELF: Record<string, string> = { '/session/dismissals': 'version-2026-01-01.somewhere' };
const IDS_IN_QUERIES: Record<string, (place: Place) => string> = {
  webhook: (place) => place.webhookId,
  webhooks: (place) => place.webhookId,
  event: (place) => place.eventId,
  redelivery: (place) => place.redeliveryId,
  workspace: (place) => place.workspaceId,
  eventWorkspace: (place) => place.workspaceId,
  workspaceId: (place) => place.workspaceId,
  within: (place) => place.workspaceId,
  actor: (place) => `client:${place.clientId}`,
  user: (place) => place.adminEmail,
  parentWorkspaceId: (place) => place.workspaceId,
  businessId: (place) => place.businessId,
  WebHook_Business: (place) => place.businessId,
};
/** Those that list what an answer is to be about, and leave out what is not there. */
const LISTS_IN_QUERIES = ['webhooks'];
/** What else a query or a header may say; none of it names anything of a workspace. */
const HARMLESS = [
  ...['status', 'trigger', 'type', 'kind', 'version', 'milestone', 'code', 'errorClass'],
  ...['search', 'sort', 'state', 'format', 'role'],
  ...['from', 'to', 'limit', 'cursor', 'page', 'size', 'orderBy', 'dir', 'If-Match', 'lastEventId', 'Last-Event-ID'],
];

/** Of the filters of the location dialect only one names anything: the location. */
const isHarmless = (name: string): boolean => HARMLESS.includes(name) || /^(from_|to_)?WebHook_/.test(name);

export const isOfTheInstallation = ({ path }: Placed): boolean => resourceOf(path) in NAMES_IN_PATHS;

/** It is about the session of whoever asks, and takes no token. */
export const isOfTheSession = (operation: Placed): boolean => operation['x-scope'] === 'session';

const resourceOf = (path: string): string => path.split('/{')[0] ?? path;

/** What everybody may read of the installation. */
const FOR_EVERYBODY = ['GET /triggers', 'GET /versions', 'GET /versions/{name}'];
/** Whether it is refused to everybody else, whatever it asks for. */
export const isForTheRoot = (operation: Placed): boolean =>
  isOfTheInstallation(operation) && !FOR_EVERYBODY.includes(operation.name);

/**
 * Every way an operation can be asked for something of the target, by someone who otherwise stays in `home`. Operations that did
 * not exist when this was written are covered from their documentation.
 * @throws {Error} when there is no telling how an operation is to be asked.
 */
export function requestsFor(operation: Placed, target: Place, home: Place): Asked[] {
  const { path, method, pathParameters, parameters = [], requestBody } = operation;
  const inWorkspace = parameters.find(({ name }) => name === 'Workspace');
  const known = parameters.filter(({ in: where, name }) => where !== 'path' && name !== 'Workspace');
  const ids = known.filter(({ name }) => name in IDS_IN_QUERIES || !isHarmless(name));
  const paramsFor = (place: Place, of: typeof ids) =>
    Object.fromEntries(of.map(({ name }) => [name, idFor(name, operation)(place)]));
  const needed = paramsFor(
    home,
    ids.filter(({ required }) => required),
  );
  const request = (by: Asked['by'], changes: Partial<Asked> = {}): Asked => ({
    ...{ by, method, url: filled(operation, home), params: needed, data: bodyOf(operation, home) },
    headers: inWorkspace?.required ? { Workspace: home.workspaceId } : {},
    ...changes,
  });
  if (isOfTheInstallation(operation) || isOfTheSession(operation)) return [request('nothing')];
  const there = { Workspace: target.workspaceId };
  const requests = [
    ...(pathParameters.length > 0 ? [request('path', { url: filled(operation, target) })] : []),
    ...(pathParameters.length > 0 && inWorkspace
      ? [request('path', { url: filled(operation, target), headers: there })]
      : []),
    ...ids.filter(isTheOne).map((id) => request('parameter', { params: { ...needed, ...paramsFor(target, [id]) } })),
    ...(inWorkspace ? [request('workspace', { headers: there })] : []),
    ...ids
      .filter((id) => !isTheOne(id))
      .map((id) => request('query', { params: { ...needed, ...paramsFor(target, [id]) } })),
    ...(requestBody && namesWorkspace(bodyOf(operation, home))
      ? [request('body', { data: bodyOf(operation, target) })]
      : []),
  ];
  if (requests.length === 0) throw new Error(`${method} ${path}: say how it is asked for something of a workspace.`);
  return requests;
}

/** As the operation documents that it is used; no status throws. An answer without an end is what it begins with. */
export async function ask(api: AxiosInstance, { by: _, ...request }: Asked): Promise<AxiosResponse<unknown>> {
  if (request.url !== '/changes') return api.request(request);
  const answer = await api.request<Readable>({ ...request, responseType: 'stream' });
  const isStream = String(answer.headers['content-type']).startsWith('text/event-stream');
  let data = '';
  for await (const chunk of answer.data.setEncoding('utf8')) {
    data += chunk;
    // Ends the request, too.
    if (isStream && data.includes('event: open\n')) break;
  }
  return { ...answer, data: isStream ? data : JSON.parse(data) };
}

/** A required id names what the answer is about, as one in a path does; others narrow a list. */
const isTheOne = ({ name, required = false }: Parameter): boolean => required && !LISTS_IN_QUERIES.includes(name);

function idFor(name: string, { method, path }: Placed): (place: Place) => string {
  const id = IDS_IN_QUERIES[name];
  if (!id) throw new Error(`${method} ${path}: say what the parameter ${name} names.`);
  return id;
}

function filled({ path, method, pathParameters }: Placed, place: Place): string {
  if (pathParameters.length === 0) return path;
  const resource = resourceOf(path);
  const id = OF_ONESELF[resource] ?? (NAMES_IN_PATHS[resource] ?? IDS_IN_PATHS[resource])?.(place);
  if (id === undefined || pathParameters.length > 1) throw new Error(`${method} ${path}: say what its path names.`);
  return path.replace(/\{[^}]+\}/, id);
}

/** The documented example, with the workspaces it names replaced, the URL by one that refuses at once, and the date by a late one. */
function bodyOf({ name, requestBody }: Placed, place: Place): unknown {
  if (!requestBody) return undefined;
  const [example] = examplesIn(requestBody.content['application/json'] ?? {});
  if (example === undefined) throw new Error(`${name}: its body has no example to start from.`);
  return JSON.parse(JSON.stringify(example), (key, value: unknown) => {
    if (/workspaceId$/i.test(key)) return place.workspaceId;
    if (key === 'BusinessId') return Number(place.businessId);
    if (key === 'Id') return Number(place.webhookNumber);
    if (key === 'expiresAt') return '2030-01-01T00:00:00Z';
    return /^url$/i.test(key) ? 'http://127.0.0.1:9/' : value;
  });
}

const namesWorkspace = (body: unknown): boolean => /"(\w*workspaceId|BusinessId)":/i.test(JSON.stringify(body));
