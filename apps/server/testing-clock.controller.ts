import { Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromBody, requireRoot, Route, type Principal } from '../../libs/platform/http/index.ts';
import { TestingClock } from './testing-clock.ts';

const now = z.iso.datetime({ offset: true, error: 'must be an ISO 8601 date and time with a time zone' });
const bodySchema = z.strictObject({ now });
const viewSchema = z.object({ now: z.iso.datetime() });
type View = z.infer<typeof viewSchema>;

const example: View = { now: '2027-05-02T09:00:00.000Z' };

/** Served only where the clock is a manual one. */
@ApiTags('Testing')
@Controller('testing/clock')
export class TestingClockController {
  constructor(private readonly clock: TestingClock) {}

  @Get()
  @Route({
    summary: 'What time it is',
    scope: 'versions:read',
    success: { status: 200, schema: viewSchema, example },
  })
  view(): View {
    return { now: new Date(this.clock.now()).toISOString() };
  }

  @Put()
  @Route({
    summary: 'Move the clock',
    description:
      'Forward only, by at most 100 years. Answers when all that has become due on the way is done: alerts are attempted, milestones reached, mails sent. For a token of the root workspace only. Tokens expire by this clock, too.',
    scope: 'versions:write',
    success: { status: 200, schema: viewSchema, example },
    errors: [400, 409, 503],
  })
  async move(
    @Caller() caller: Principal,
    @FromBody(bodySchema, example) body: z.infer<typeof bodySchema>,
  ): Promise<View> {
    requireRoot(caller, 'The clock belongs');
    const instant = new Date(body.now);
    await this.clock.moveTo(instant.getTime());
    return { now: instant.toISOString() };
  }
}
