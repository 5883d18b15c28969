import { expect } from '@jest/globals';
import type { AxiosInstance, AxiosRequestConfig, AxiosResponse } from 'axios';

export const ROUTE = '/api/sys/webhooks';
export const TARGET = 'https://doors.example/bookings';
/** No answer is parsed: the text of an envelope is what is published. */
export const AS_TEXT: AxiosRequestConfig = { transformResponse: (text: unknown) => text };

/** All required fields, and what else is asked for. */
export const bodyOf = (BusinessId: number, changes: object = {}): object => ({
  BusinessId,
  Name: 'Door access',
  Action: 6,
  URL: TARGET,
  ...changes,
});

let opened = 1_000_000;
/** A workspace of its own. */
export async function openLocation(api: AxiosInstance, parentWorkspaceId = '') {
  const businessId = ++opened;
  const body = { businessId, parentWorkspaceId, type: 'channel', companyName: `location ${businessId}` };
  const { status, data } = await api.post<{ id: string }>('/workspaces', body);
  if (status !== 201) throw new Error(`POST /workspaces answered ${status}: ${JSON.stringify(data)}`);
  return { businessId, workspaceId: data.id };
}

/** @returns the Id. */
export async function createIn(api: AxiosInstance, businessId: number, changes: object = {}): Promise<number> {
  const { status, data } = await api.post<{ Value: { Id: number } }>(ROUTE, bodyOf(businessId, changes));
  if (status !== 200) throw new Error(`POST ${ROUTE} answered ${status}: ${JSON.stringify(data)}`);
  return data.Value.Id;
}

type Fault = readonly [propertyName: string, message: string, attemptedValue: unknown];

/** Expects every line of a refusal that has these faults, in this order. */
export function expectFaults(answer: AxiosResponse<unknown>, ...faults: readonly Fault[]): void {
  const errors = faults.map(([PropertyName, Message, AttemptedValue]) => ({ AttemptedValue, Message, PropertyName }));
  const message = faults.map(([property, text]) => `${property}: ${text}`).join('; ');
  expectFailure(answer, 400, message, errors);
}

/** Expects every line of a refusal for which no property is to blame. */
export function expectFailure(
  { status, headers, data }: AxiosResponse<unknown>,
  expected: number,
  message: unknown = expect.stringMatching(/^[A-Z].*\.$/),
  errors: unknown = null,
): void {
  const body: unknown = typeof data === 'string' ? JSON.parse(data) : data;
  expect([status, headers['content-type']]).toEqual([expected, 'application/json; charset=utf-8']);
  expect(Object.entries(body as object)).toEqual(
    Object.entries({ Message: message, Value: null, Errors: errors, WasSuccessful: false }),
  );
  const { Errors } = body as { Errors: object[] | null };
  for (const each of Errors ?? []) expect(Object.keys(each)).toEqual(['AttemptedValue', 'Message', 'PropertyName']);
}
