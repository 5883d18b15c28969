import { Readable } from 'node:stream';
import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  CallerNow,
  FromQuery,
  JSON_LINES_TYPE,
  Route,
  WorkspaceIfGiven,
  type Principal,
} from '../../../platform/http/index.ts';
import type { Clock } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { conditionsOf, filters } from '../list-activity/activity-query.ts';
import { entryExample } from '../list-activity/entry-view.ts';
import { ActivityExport, MOST_ENTRIES } from './activity-export.ts';
import { CUT, formats } from './export-format.ts';

const querySchema = z.strictObject({
  ...filters,
  format: z.enum(['ndjson', 'csv']).default('ndjson').describe('`ndjson`: an entry of the list a line'),
});
const exampleOf = ({ head, line }: (typeof formats)['csv']): string => head + line(entryExample);

@ApiTags('Activity')
@Controller('activity/export')
export class ExportActivityController {
  constructor(
    private readonly activity: ActivityExport,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Save who did what, and when',
    description: `As the list, without pages, as a file. If more than ${MOST_ENTRIES.toLocaleString('en-US')} entries fit, it has the newest, and a last line of the kind \`${CUT}\`. An answer that breaks off is not whole. In CSV an apostrophe precedes what a spreadsheet would take for a formula.`,
    scope: 'activity:read',
    success: {
      status: 200,
      type: JSON_LINES_TYPE,
      schema: z.string(),
      example: exampleOf(formats.ndjson),
      also: { 'text/csv': { schema: z.string(), example: exampleOf(formats.csv) } },
      headers: { 'Content-Disposition': 'attachment, with the name of a file' },
    },
    errors: [400, 404],
  })
  async export(
    @WorkspaceIfGiven() workspaceId: string | undefined,
    @FromQuery(querySchema) { format, ...asked }: z.infer<typeof querySchema>,
    @CallerNow() callerNow: () => Promise<Principal>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const parts = this.activity.text(format, async () => {
      const reader = await callerNow();
      return { where: conditionsOf(reader, workspaceId, asked), reader };
    });
    // Until the first page is there, what goes wrong can still be told.
    const { value: first } = await parts.next();
    const day = new Date(this.clock.now()).toISOString().slice(0, 10);
    void reply.headers({
      'Content-Type': formats[format].type,
      'Content-Disposition': `attachment; filename="activity-${day}.${format}"`,
    });
    return Readable.from(following(first ?? '', parts));
  }
}

async function* following(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
