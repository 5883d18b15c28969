import type { AxiosInstance } from 'axios';
import { OpenApi, type Placed } from '../api/open-api.ts';
import { CLIENT, Installation } from '../support/installation.ts';
import { Receiver } from '../support/receiver.ts';
import { echo, markedPlace, type Place } from './marked-place.ts';

/** An installation with two trees under the root, each of a parent and its child. */
export type TwoTrees = {
  readonly installation: Installation;
  readonly openApi: OpenApi;
  readonly alder: Place;
  readonly alderChild: Place;
  readonly birch: Place;
  readonly birchChild: Place;
  readonly dispose: () => Promise<void>;
};

export async function plantTwoTrees(): Promise<TwoTrees> {
  const receiver = await Receiver.start();
  receiver.answer = echo;
  const installation = await Installation.start();
  const place = (workspaceId: string, parent = '') =>
    markedPlace(installation, receiver, { workspaceId, parent, marker: `MARKER-${workspaceId}-MARKER` });
  return {
    installation,
    openApi: await OpenApi.of(installation.anonymous()),
    alder: await place('alder'),
    alderChild: await place('alderChild', 'alder'),
    birch: await place('birch'),
    birchChild: await place('birchChild', 'birch'),
    dispose: async () => {
      await installation.dispose();
      await receiver.stop();
    },
  };
}

export const guarded = (openApi: OpenApi): Placed[] =>
  openApi.operations.filter((operation) => operation['x-scope'] !== 'public');

/** As the bootstrap client, with a token narrowed to some of its scopes. */
export async function narrowed(installation: Installation, scopes: readonly string[]): Promise<AxiosInstance> {
  const credentials = { client_id: CLIENT.id, client_secret: CLIENT.secret, audience: '' };
  const body = { ...credentials, grant_type: 'client_credentials', scope: scopes.join(' ') };
  const { data } = await installation.anonymous().post<{ access_token: string }>('/oauth/token', body);
  return installation.anonymous({ Authorization: `Bearer ${data.access_token}` });
}
