export { AccountsModule } from './accounts.module.ts';
export { AccountsBootstrap, type FirstAdministrator } from './bootstrap.ts';
export { AccountMailSender } from './send-account-mails/account-mail-sender.ts';
