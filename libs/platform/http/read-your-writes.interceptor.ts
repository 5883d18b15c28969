import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { Projections } from '../processing/index.ts';
import { currentContext } from '../runtime/index.ts';

const LONGEST_WAIT_MS = 2_000;

/**
 * An answer to a command is given once the documents it will be read from have the command's events. If that takes too long it is
 * the same answer with the header `Carillon-Lag: 1`.
 */
@Injectable()
export class ReadYourWrites implements NestInterceptor {
  constructor(private readonly projections: Projections) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        const appended = currentContext()?.appended;
        if (appended && appended.size > 0 && !(await this.projections.reached(appended, LONGEST_WAIT_MS))) {
          void context.switchToHttp().getResponse<FastifyReply>().header('Carillon-Lag', '1');
        }
        return answer;
      }),
    );
  }
}
