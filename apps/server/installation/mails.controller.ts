import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  Caller,
  FromPath,
  FromQuery,
  pageOf,
  paging,
  requireRoot,
  Route,
  type Principal,
} from '../../../libs/platform/http/index.ts';
import { notFound, Refusal } from '../../../libs/platform/kernel/index.ts';
import { MAIL_OUTBOX, type MailOutbox, type MailSummary } from '../../../libs/platform/mail/index.ts';

const querySchema = z.strictObject({ ...paging });

const summary = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  at: z.iso.datetime().describe('When it was written'),
  messageId: z.string(),
});
const mailSchema = summary.extend({
  text: z.string(),
  html: z.string().nullable().describe('To be shown where it can do nothing'),
});
const pageSchema = pageOf(summary);

const example: z.infer<typeof mailSchema> = {
  id: 'notice-5d2f@carillon.example',
  to: 'ada@company1.example',
  subject: 'Version 2026-01-01 of your webhooks expires on 1 May 2027',
  at: '2026-11-02T09:00:00.000Z',
  messageId: 'notice-5d2f@carillon.example',
  text: 'One webhook is still on it.\n',
  html: null,
};
const { text: _text, html: _html, ...summaryExample } = example;

/** Whatever it is made of, it runs nothing, fetches nothing, has no origin, and is shown by pages of this server alone. */
const HTML_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

const viewOf = <Mail extends MailSummary>(mail: Mail) => ({ ...mail, at: new Date(mail.at).toISOString() });

@ApiTags('Operating')
@Controller('mails')
export class MailsController {
  constructor(@Inject(MAIL_OUTBOX) private readonly outbox: MailOutbox | undefined) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'List the mails that were written to files, newest first',
    description:
      'Where there is no `SMTP_URL` mails are files in the data folder of the process that sent them; these are those of the process that answers. They are the letters of others, with links that sign in: give the scope with care.',
    scope: 'installation:read',
    success: { status: 200, schema: pageSchema, example: { items: [summaryExample], nextCursor: null } },
    errors: [400, 404],
  })
  async list(
    @FromQuery(querySchema) { limit, cursor }: z.infer<typeof querySchema>,
    @Caller() caller: Principal,
  ): Promise<z.infer<typeof pageSchema>> {
    const { items, nextCursor } = await this.#outboxFor(caller).list({ limit, cursor });
    return { items: items.map(viewOf), nextCursor };
  }

  @Get(':id')
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'View a mail that was written to a file',
    scope: 'installation:read',
    success: { status: 200, schema: mailSchema, example },
    errors: [404],
  })
  async view(@FromPath('id') id: string, @Caller() caller: Principal): Promise<z.infer<typeof mailSchema>> {
    const mail = await this.#outboxFor(caller).read(id);
    if (!mail) throw notFound('The mail');
    return viewOf(mail);
  }

  @Get(':id/html')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', HTML_POLICY)
  @Header('X-Content-Type-Options', 'nosniff')
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'The HTML of a mail that was written to a file, to be shown in a frame',
    description: 'Its policy lets nothing in it run, and nothing be fetched. 404 also for a mail that is text alone.',
    scope: 'installation:read',
    success: { status: 200, type: 'text/html', schema: z.string(), example: '<p>One webhook is still on it.</p>' },
    errors: [404],
  })
  async html(@FromPath('id') id: string, @Caller() caller: Principal): Promise<string> {
    const mail = await this.#outboxFor(caller).read(id);
    if (!mail?.html) throw notFound('The HTML of the mail');
    return mail.html;
  }

  #outboxFor(caller: Principal): MailOutbox {
    requireRoot(caller, 'Mails belong');
    if (this.outbox) return this.outbox;
    throw new Refusal('not-found', 'There is no outbox: mails go to the SMTP server of SMTP_URL.');
  }
}
