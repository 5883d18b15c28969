import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CONFIG, publicUrlOf, type Config } from '../../../platform/config/index.ts';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import type { Clock, Ids } from '../../../platform/kernel/index.ts';
import { OWNERSHIPS, soleOwnerships, type Ownerships } from '../../../platform/leases/index.ts';
import { MAILER, type Mailer } from '../../../platform/mail/index.ts';
import { Errands, Projections } from '../../../platform/processing/index.ts';
import { CLOCK, IDS, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../../identity/contract.ts';
import { PasswordLinks } from '../password-link/password-links.ts';
import { AccountMailErrands } from './account-mail-errand.ts';
import { accountMails } from './account-mails.projection.ts';

const GROUP = 'account-mails';
const EVERY_MINUTE = 60_000;

/** In one process at a time, sends the mails with password links; one is recorded before the next is begun. */
@Injectable()
export class AccountMailSender {
  readonly #errands: Errands;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(CLOCK) clock: Clock,
    @Inject(IDS) ids: Ids,
    @Inject(LOGGER) logger: Logger,
    @Inject(MAILER) mailer: Mailer,
    @Inject(CONFIG) config: Pick<Config, 'mailFrom' | 'publicUrl' | 'host' | 'port'>,
    links: PasswordLinks,
    @Inject(WORKSPACE_DIRECTORY) directory: WorkspaceDirectory,
    projections: Projections,
    @Inject(OWNERSHIPS) ownerships: Ownerships = soleOwnerships,
  ) {
    const parts = { store, clock, logger };
    const { mailFrom } = config;
    const mail = { mailer, mailFrom, publicUrl: publicUrlOf(config), links, directory };
    const mails = new AccountMailErrands({ ...parts, ...mail, ids, mayBegin: () => this.#errands.mayBegin() });
    const run = (mailKey: string, stopping: AbortSignal) => mails.run(mailKey, stopping);
    this.#errands = new Errands({ ...parts, group: GROUP, projection: accountMails, run, projections, ownerships });
  }

  start(): Promise<void> {
    return this.#errands.start();
  }

  /** Resolves when nothing more is sent, and what was sent is recorded. */
  stop(): Promise<void> {
    return this.#errands.stop();
  }

  @Interval(GROUP, EVERY_MINUTE)
  wake(): void {
    this.#errands.wake();
  }

  /** Resolves when nothing is being sent, and whatever else is owed waits for the clock. */
  idle(): Promise<void> {
    return this.#errands.idle();
  }
}
