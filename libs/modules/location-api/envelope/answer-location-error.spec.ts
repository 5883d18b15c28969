import { NotFoundException } from '@nestjs/common';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { pino } from 'pino';
import { StoreUnavailable } from '../../../platform/event-store/index.ts';
import { Refusal } from '../../../platform/kernel/index.ts';
import { answerLocationError, locationErrorForm } from './failure.ts';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const logged: string[] = [];
const logger = pino({ level: 'error' }, { write: (line) => void logged.push(line) });

let thrown: unknown;
let takesBasic = true;
const app = fastify();
app.addHook('onRequest', (request, _reply, done) => {
  Object.assign(request, { traceId: TRACE_ID, takesBasic });
  done();
});
app.setErrorHandler((error, request, reply) => {
  if (!answerLocationError(error, request, reply, logger)) void reply.status(599).send('of another path');
});
app.all('/*', () => {
  throw thrown;
});

async function answerTo(error: unknown, url = '/api/sys/webhooks/5?a=b') {
  thrown = error;
  const { statusCode, headers, body } = await app.inject(url);
  return { status: statusCode, headers, body };
}
const envelope = (message: string) =>
  `{"Message":${JSON.stringify(message)},"Value":null,"Errors":null,"WasSuccessful":false}`;

afterAll(() => app.close());
beforeEach(() => {
  logged.length = 0;
  takesBasic = true;
});

describe('an error of the location dialect', () => {
  it('is answered in its envelope, as JSON', async () => {
    const { status, headers, body } = await answerTo(new Refusal('not-found', 'The webhook does not exist.'));
    expect([status, body]).toEqual([404, envelope('The webhook does not exist.')]);
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8' });
    expect(headers['www-authenticate']).toBeUndefined();
    expect(headers['retry-after']).toBeUndefined();
    expect(logged).toEqual([]);
  });

  it.each([
    ['/api/sys/webhooks', true],
    ['/api/sys/webhooks?Id=1', true],
    ['/api/sys/webhooks/', true],
    ['/api/sys/webhooks/1/2', true],
    ['/api/sys/%77ebhooks/1', true],
    ['/api/sys/webhooks-of-others', false],
    ['/api/sys', false],
    ['/settings/webhooks', false],
    ['/settings/webhooks?of=/api/sys/webhooks', false],
  ])('is one of its path: %s', async (url, isOfDialect) => {
    expect((await answerTo(new NotFoundException('Nothing is here.'), url)).status).toBe(isOfDialect ? 404 : 599);
  });

  it('is one of its path in the absolute form, and where nothing was routed', () => {
    const problem = { type: 'about:blank', title: '', status: 400, detail: 'Not so.', traceId: TRACE_ID };
    const formOf = (url: string) => locationErrorForm(url, problem)?.text;
    expect(formOf('http://127.0.0.1:3000/api/sys/webhooks/1?a=b')).toBe(envelope('Not so.'));
    expect(formOf('/api/sys/webhooks/%zz')).toBe(envelope('Not so.'));
    expect(formOf('http://127.0.0.1:3000/settings/webhooks?/api/sys/webhooks')).toBeUndefined();
  });

  it('challenges as its route takes credentials', async () => {
    const unauthenticated = new Refusal('unauthenticated', 'Who are you?');
    expect((await answerTo(unauthenticated)).headers['www-authenticate']).toMatch(/^Bearer, Basic /);
    takesBasic = false;
    expect((await answerTo(unauthenticated)).headers['www-authenticate']).toBe('Bearer');
  });

  it('says when to come again', async () => {
    const busy = new Refusal('unavailable', 'Not now.', { retryAfterSeconds: 17 });
    expect((await answerTo(busy)).headers['retry-after']).toBe('17');
    const { status, headers } = await answerTo(new StoreUnavailable('disk of node 3 is full'));
    expect([status, headers['retry-after']]).toEqual([503, '5']);
  });

  it('that nobody expected is logged, and told without detail', async () => {
    const { status, body } = await answerTo(new Error('row 5 of table secrets'));
    expect(status).toBe(500);
    expect(body).not.toContain('secrets');
    expect(JSON.parse(body)).toEqual({
      Message: expect.stringContaining('the trace id'),
      Value: null,
      Errors: null,
      WasSuccessful: false,
    });
    expect(logged).toEqual([expect.stringMatching(/row 5 of table secrets.*4bf92f3577b34da6a3ce929d0e0e4736/)]);
  });
});
