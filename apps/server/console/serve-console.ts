import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CONSOLE_EMBEDDING, type ConsoleEmbedding } from '../../../libs/modules/accounts/contract.ts';
import { SESSION_COOKIE } from '../../../libs/platform/http/index.ts';
import { ConsolePage, themeOf } from './console-page.ts';
import { pageHeaders } from './page-headers.ts';

const PATH = '/console';
const NONCE_BYTES = 18;
const YEAR_SECONDS = 31_536_000;
const LINK = /^\/console\/link\/([A-Za-z0-9_-]{1,128})$/;

/** Where the console is built to, as seen from the sources and from what they are compiled to. */
const BUILT = join(import.meta.dirname, '../../..', import.meta.filename.endsWith('.ts') ? 'dist/console' : 'console');

/**
 * The console: its assets, whose names change with what is in them, and one page for every other path below /console, which finds its
 * way by itself.
 */
export async function serveConsole(app: NestFastifyApplication, folder = BUILT): Promise<void> {
  const page = new ConsolePage(folder);
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: `${PATH}/assets/`,
    decorateReply: false,
    immutable: true,
    index: false,
    maxAge: YEAR_SECONDS * 1_000,
    preCompressed: true,
    setHeaders: (reply) => void reply.header('X-Content-Type-Options', 'nosniff'),
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get(PATH, (_request, reply) => reply.redirect(`${PATH}/`));
  fastify.get(`${PATH}/*`, async (request, reply) => {
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    const html = await page.render(nonce, themeOf(request.cookies['carillon_theme']));
    if (html === undefined) {
      return reply.status(503).type('text/plain; charset=utf-8').send('The console is not built: npm run build\n');
    }
    const embedding = app.get<ConsoleEmbedding>(CONSOLE_EMBEDDING);
    const path = request.url.split('?', 1)[0] ?? '';
    const linkId = LINK.exec(path)?.[1];
    const cookie = request.cookies[SESSION_COOKIE];
    const embedder =
      linkId !== undefined ? await embedding.ofLink(linkId) : cookie ? await embedding.ofSession(cookie) : null;
    return reply.headers(pageHeaders(nonce, embedder)).send(html);
  });
}
