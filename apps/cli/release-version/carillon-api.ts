import { z } from 'zod';

export type Access = { readonly url: string; readonly clientId: string; readonly clientSecret: string };

/** The server does not answer, or with something else than Carillon would. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
}

/** The server says no; its message is for whoever asked. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const LONGEST_ANSWER_MS = 30_000;

const tokenSchema = z.object({ access_token: z.string() });
const oauthError = z.object({ error: z.string(), error_description: z.string().optional() });
const problemSchema = z.object({
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  traceId: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
  downgraded: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Posts JSON with a token of its own that has one scope.
 * @throws {NotAnswered | Refused}
 */
export async function post<S extends z.ZodType>(
  { url, clientId, clientSecret }: Access,
  scope: string,
  path: string,
  body: unknown,
  answer: S,
): Promise<z.infer<S>> {
  const credentials = { client_id: clientId, client_secret: clientSecret, audience: '', scope };
  const token = await ask(url, 'oauth/token', {}, { ...credentials, grant_type: 'client_credentials' }, tokenSchema);
  return ask(url, path, { Authorization: `Bearer ${token.access_token}` }, body, answer);
}

async function ask<S extends z.ZodType>(
  base: string,
  path: string,
  headers: Record<string, string>,
  body: unknown,
  answer: S,
): Promise<z.infer<S>> {
  const url = new URL(path, base.endsWith('/') ? base : `${base}/`);
  const { ok, status, json } = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
  })
    .then(async (response) => ({ ok: response.ok, status: response.status, json: asJson(await response.text()) }))
    .catch((error: unknown) => {
      throw new NotAnswered(`${url.origin} cannot be asked: ${reasonOf(error)}`, { cause: error });
    });
  const parsed = answer.safeParse(json);
  if (ok && parsed.success) return parsed.data;
  throw refusalIn(json) ?? new NotAnswered(`${url.href} answered ${status}, and not as Carillon does.`);
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What fetch throws says little; what caused it says more. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: string; message?: string } };
  return cause?.message || cause?.code || message || String(error);
}

function refusalIn(json: unknown): Refused | undefined {
  const { data: problem } = problemSchema.safeParse(json);
  if (!problem) {
    const { data: refused } = oauthError.safeParse(json);
    return refused && new Refused(`No token: ${refused.error_description ?? refused.error}`);
  }
  const { status, title, detail, errors, downgraded, traceId } = problem;
  return new Refused(
    [
      `Refused: ${status} ${title}${errors.length === 0 ? `. ${detail}` : ''}`,
      ...errors.map(({ field, message }) => `  ${field}: ${message}`),
      ...Object.entries(downgraded).map(
        ([type, data]) => `The downgrade of ${type} made: ${JSON.stringify(data, null, 2)}`,
      ),
      `Trace id ${traceId}`,
    ].join('\n'),
  );
}
