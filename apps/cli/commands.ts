import type { Command } from './command.ts';
import { migrateStore } from './migrate-store/migrate-store.command.ts';
import { releaseVersion } from './release-version/release-version.command.ts';
import { sendTestMail } from './send-test-mail/send-test-mail.command.ts';

export const commands: Readonly<Record<string, Command>> = {
  'migrate-store': migrateStore,
  'release-version': releaseVersion,
  'send-test-mail': sendTestMail,
};
