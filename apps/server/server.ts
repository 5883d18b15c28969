import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RedeliveryJobs, Sender } from '../../libs/modules/delivery/index.ts';
import { locationErrorForm } from '../../libs/modules/location-api/index.ts';
import { httpAdapter } from '../../libs/platform/http/index.ts';
import { Projections, type Sagas } from '../../libs/platform/processing/index.ts';
import { Backoff } from '../../libs/platform/runtime/index.ts';
import { bootstrap, type Bootstrapped } from './bootstrap.ts';
import { serveConsole } from './console/serve-console.ts';
import { serveOpenApi } from './openapi.ts';
import type { Parts } from './parts.ts';
import { ServerModule } from './server.module.ts';
import { isAway } from './stores.ts';
import { Work } from './work.ts';

const LONGEST_GOODBYE_MS = 10_000;
const HEALTH = '/health/';
const FORMS = ['/oauth/token'];
const JSON_LINES = ['/events'];
const LARGE_BODIES = { '/events': 5 * 1024 * 1024 };

/** The server, put together from its parts. `listen` opens the port, `work` begins to react and to send. */
export class Server {
  #working: Promise<void> = Promise.resolve();
  readonly #stopping = new AbortController();

  private constructor(
    readonly app: NestFastifyApplication,
    readonly bootstrapped: Bootstrapped,
    private readonly parts: Parts,
  ) {}

  static async create(parts: Parts): Promise<Server> {
    const { config, clock } = parts;
    const adapter = httpAdapter({
      headerPrefix: config.headerPrefix,
      clock,
      trustedProxies: config.trustedProxies,
      largeBodies: LARGE_BODIES,
      forms: FORMS,
      jsonLines: JSON_LINES,
      errorForm: locationErrorForm,
      isServed: config.roles.includes('api') ? () => true : (path) => path.startsWith(HEALTH),
      reached: (positions, withinMs) => app.get(Projections).reached(positions, withinMs),
    });
    const app: NestFastifyApplication = await NestFactory.create<NestFastifyApplication>(
      ServerModule.of(parts),
      adapter,
      {
        logger: ['error', 'warn', 'fatal'],
        abortOnError: false,
      },
    );
    try {
      if (config.roles.includes('api')) {
        serveOpenApi(app, config);
        await serveConsole(app);
      }
      await app.init();
      await app.get(Projections).start();
      return new Server(app, await bootstrap(app, parts), parts);
    } catch (error) {
      await app.close();
      await app.get(Projections).stop();
      throw error;
    }
  }

  get projections(): Projections {
    return this.app.get(Projections);
  }

  get sagas(): Sagas {
    return this.#work.sagas;
  }

  get sender(): Sender {
    return this.#work.sender;
  }

  get redeliveries(): RedeliveryJobs {
    return this.#work.redeliveries;
  }

  get #work(): Work {
    return this.app.get(Work);
  }

  async listen(): Promise<string> {
    const { host, port } = this.parts.config;
    await this.app.listen(port, host);
    return this.app.getUrl();
  }

  work(): Promise<void> {
    this.#working = this.#begin();
    return this.#working;
  }

  /** Resolves when all that is in the store has been folded and reacted to, and what is due by now has been done as far as it can be. */
  settled(): Promise<void> {
    return this.#work.settled();
  }

  /** Answers what was asked, finishes and records what is in flight, and closes the stores. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#closePort();
    await this.#work.rest();
    await this.projections.stop();
    // It may have been on its way still: what it started meanwhile is stopped, too.
    await this.#working.catch(() => undefined);
    await this.#work.rest();
    await this.parts.close();
  }

  /** An engine that goes away meanwhile is waited for. */
  async #begin(): Promise<void> {
    const { signal } = this.#stopping;
    for (const backoff = new Backoff(); !signal.aborted; await backoff.wait(signal).catch(() => undefined)) {
      try {
        return await this.#work.begin();
      } catch (error) {
        if (!isAway(error)) throw error;
        this.parts.logger.error({ err: error }, 'work not begun, will retry');
        await this.#work.rest();
      }
    }
  }

  /** A body may be of any length: whoever is still sending one then repeats what was not answered. */
  async #closePort(): Promise<void> {
    const late = setTimeout(() => this.app.getHttpServer().closeAllConnections(), LONGEST_GOODBYE_MS);
    await this.app.close().finally(() => clearTimeout(late));
  }
}
