import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { NotSeen } from './narrator.ts';

export type Webhook = { readonly id: string; readonly url: string; readonly status: string };
export type Published = { readonly items: readonly { readonly id: string; readonly status: string }[] };
export type Delivery = {
  readonly id: string;
  readonly status: string;
  readonly type: string;
  readonly attempts: readonly { readonly statusCode?: number }[];
};
export type ActivityItem = Readonly<Record<'at' | 'kind' | 'actor' | 'summary', string>>;
export type List<T> = { readonly items: readonly T[] };

export type Call = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  readonly workspace?: string;
  readonly expected: number;
};

/** The REST API as a script would use it: a token, then calls whose status is checked. */
export class Api {
  readonly #http: AxiosInstance;
  #token: string | undefined;

  constructor(url: string) {
    this.#http = axios.create({ baseURL: url, proxy: false, timeout: 10_000, validateStatus: () => true });
  }

  async isLive(): Promise<boolean> {
    return this.#http.get('/health/live').then(
      ({ status }) => status === 200,
      () => false,
    );
  }

  /** Answers for how many seconds the token is good. */
  async authenticate(clientId: string, clientSecret: string): Promise<number> {
    const grant = { client_id: clientId, client_secret: clientSecret, audience: '', grant_type: 'client_credentials' };
    const { access_token: token, expires_in: seconds } = await this.call<{ access_token: string; expires_in: number }>({
      method: 'POST',
      path: '/oauth/token',
      body: grant,
      expected: 200,
    });
    this.#token = token;
    return seconds;
  }

  async call<T>({ method, path, body, query, workspace, expected }: Call): Promise<T> {
    const headers: Record<string, string> = {};
    if (this.#token !== undefined) headers['Authorization'] = `Bearer ${this.#token}`;
    if (workspace !== undefined) headers['Workspace'] = workspace;
    const answer: AxiosResponse<T> = await this.#http.request({
      method,
      url: path,
      data: body,
      params: query,
      headers,
    });
    if (answer.status === expected) return answer.data;
    throw new NotSeen(`${method} ${path} answered ${answer.status}, not ${expected}: ${JSON.stringify(answer.data)}`);
  }
}
