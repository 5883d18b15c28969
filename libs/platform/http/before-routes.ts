import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_TYPE, problem, type Problem } from './problem.ts';
import { newTraceId, traceIdOf } from './trace-id.ts';

const statusOfCode: Record<string, number> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** How errors are told at a URL that has a form of its own for them; undefined where they are problem documents. */
export type ErrorForm = (url: string, problem: Problem) => { readonly type: string; readonly text: string } | undefined;

/** Answers what Fastify refuses before any hook runs, such as a URL that cannot be decoded, as every other error is answered. */
export const refuseUnroutable =
  (traceHeader: string, formOf: ErrorForm) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const status = error.statusCode ?? 400;
    const traceId = traceIdOf(request.headers['traceparent']);
    const body = problem(status, error.message, traceId);
    const { type, text } = formOf(request.url, body) ?? { type: PROBLEM_TYPE, text: JSON.stringify(body) };
    void reply
      .status(status)
      .headers({ [traceHeader]: traceId, 'Content-Type': type })
      .send(text);
  };

/** The same for what is no HTTP request at all; there is only a socket to answer on. */
export const refuseUnparsable =
  (traceHeader: string) =>
  (error: Error & { readonly code: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const status = statusOfCode[error.code] ?? 400;
    const traceId = newTraceId();
    const body = JSON.stringify(problem(status, 'The request cannot be read.', traceId));
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `${traceHeader}: ${traceId}`,
      `Content-Type: ${PROBLEM_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    socket.destroy(error);
  };
