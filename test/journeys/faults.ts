import type { AxiosInstance, AxiosResponse } from 'axios';
import type { Placed } from '../api/open-api.ts';
import { seenOf, type Place } from './marked-place.ts';
import { ask, requestsFor, type Asked } from './requests-for.ts';
import { guarded, type TwoTrees } from './two-trees.ts';

export type Judge = (operation: Placed, answer: AxiosResponse, request: Asked) => string | false | undefined;

/**
 * Asks every guarded operation, in every way there is, for something of the target. What is wrong with the answers: what the judge
 * says, else that one is not documented, else what it shows of the target.
 */
export async function faultsOf(
  { openApi }: TwoTrees,
  api: AxiosInstance,
  target: Place,
  home: Place,
  judge: Judge,
  isAsked: (operation: Placed) => boolean = () => true,
): Promise<string[]> {
  const faults: string[] = [];
  for (const operation of guarded(openApi).filter(isAsked)) {
    for (const request of requestsFor(operation, target, home)) {
      const answer = await ask(api, request);
      const fault =
        judge(operation, answer, request) ||
        openApi.undocumented(operation, answer) ||
        seenOf(target, answer, JSON.stringify(request))[0];
      if (fault) faults.push(`${operation.name} by ${request.by}, answered ${answer.status}: ${fault}`);
    }
  }
  return faults;
}

export const not = (answer: AxiosResponse, ...statuses: number[]): string | false =>
  !statuses.includes(answer.status) && `not ${statuses.join(' or ')}`;

/** Of what is out of reach: an answer that says so, or one that is empty where the id only narrows it. */
export function nothingIn(answer: AxiosResponse, by: Asked['by'], home: Place): string | false {
  if (by === 'body') return not(answer, 400, 403);
  if (by !== 'query' || answer.status === 404) return not(answer, 404);
  if (answer.data === '' || answer.data.count === 0) return not(answer, 200);
  // A child is found by its parent's id: its own workspace says as much.
  const items = (answer.data.items ?? answer.data.Records) as { id?: string }[] | undefined;
  const others = items?.filter(({ id }) => id !== home.workspaceId);
  return not(answer, 200) || (others?.length !== 0 && 'it has items');
}
