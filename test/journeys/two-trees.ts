import type { AxiosInstance } from 'axios';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { release } from '../../libs/modules/webhook-configuration/testing/release.ts';
import { OpenApi, type Placed } from '../api/open-api.ts';
import { CLIENT, Installation } from '../support/installation.ts';
import { Receiver } from '../support/receiver.ts';
import { echo, found, markedPlace, type Place } from './marked-place.ts';

/** An installation with two trees under the root, each of a parent and its child, in the last week of the version they are on. */
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
  await release(installation.api);
  const workspace = (workspaceId: string, parent = '') =>
    found(installation, receiver, { workspaceId, parent, marker: `MARKER-${workspaceId}-MARKER` });
  const founded = {
    alder: await workspace('alder'),
    alderChild: await workspace('alderChild', 'alder'),
    birch: await workspace('birch'),
    birchChild: await workspace('birchChild', 'birch'),
  };
  await passToPopups(installation);
  return {
    installation,
    openApi: await OpenApi.of(installation.anonymous()),
    alder: await markedPlace(installation, founded.alder),
    alderChild: await markedPlace(installation, founded.alderChild),
    birch: await markedPlace(installation, founded.birch),
    birchChild: await markedPlace(installation, founded.birchChild),
    dispose: async () => {
      await installation.dispose();
      await receiver.stop();
    },
  };
}

/** To the last week of the first version. Tokens that were made before are over then: the bootstrap client has a new one. */
export async function passToPopups(installation: Installation): Promise<void> {
  const { data } = await installation.api.get<{ calendar: { popupAt: string } }>(`/versions/${FIRST_VERSION}`);
  await installation.pass(Date.parse(data.calendar.popupAt) - installation.clock.now());
  installation.api = await installation.as(CLIENT.id, CLIENT.secret);
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
