import createClient, { type Middleware } from 'openapi-fetch';
import { setServerTime } from '../ui/use-now.ts';
import { problemOf, problemOfNetwork } from './problem.ts';
import { currentWorkspace } from './workspace.ts';
import type { Api } from './types.ts';

/** Told by every answer 401: the session has ended, wherever it was noticed. */
type SessionEnded = () => void;
let sessionEnded: SessionEnded = () => undefined;
export const onSessionEnded = (listener: SessionEnded): void => {
  sessionEnded = listener;
};

/** Routes that say 401 of what was typed in, not of the session. */
const OWN_401 = ['/session', '/session/link', '/session/change-password', '/password-links/redeem'];

const asConsole: Middleware = {
  onRequest({ request }) {
    request.headers.set('Carillon-Console', '1');
    const workspaceId = currentWorkspace();
    if (workspaceId !== undefined && !request.headers.has('Workspace')) request.headers.set('Workspace', workspaceId);
    return request;
  },
  async onResponse({ response, schemaPath }) {
    setServerTime(response.headers.get('Date'));
    if (response.ok) return undefined;
    if (response.status === 401 && !OWN_401.includes(schemaPath)) sessionEnded();
    throw await problemOf(response);
  },
};

/**
 * The REST API as the OpenAPI document describes it. Each call goes to this origin with the session's cookie and in the workspace
 * of the page.
 * @throws {ApiProblem} for every answer that is no success, and for none (`status` 0).
 */
export const api = createClient<Api>({
  baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin,
  credentials: 'same-origin',
  // Looked up at each call, so that a test may put its own in place.
  fetch: (request) =>
    fetch(request).catch((error: unknown) => {
      throw problemOfNetwork(error);
    }),
});
api.use(asConsole);

/** The body of an answer; what failed has thrown before. */
export async function read<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer;
  return data as T;
}
