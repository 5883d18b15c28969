import { Global, Module } from '@nestjs/common';
import { commandHandlers } from '../../platform/event-store/index.ts';
import { SESSION_AUTHENTICATOR } from '../../platform/http/index.ts';
import { keepsResident, projects } from '../../platform/processing/index.ts';
import { AccountsBootstrap } from './bootstrap.ts';
import { ChangePasswordController } from './change-password/change-password.controller.ts';
import { IssueConsoleLink, OpenConsoleLink, RevokeConsoleLink } from './console-link/console-link.commands.ts';
import { consoleLink } from './console-link/console-link.decider.ts';
import { consoleLinks } from './console-link/console-links.projection.ts';
import { ConsoleLinks } from './console-link/console-links.ts';
import { DismissNoticeController } from './dismiss-notice/dismiss-notice.controller.ts';
import { EndAllSessionsController } from './end-all-sessions/end-all-sessions.controller.ts';
import { IssueConsoleLinkController } from './issue-console-link/issue-console-link.controller.ts';
import { OpenConsoleLinkController } from './open-console-link/open-console-link.controller.ts';
import { RevokeConsoleLinkController } from './revoke-console-link/revoke-console-link.controller.ts';
import { CONSOLE_EMBEDDING, type ConsoleEmbedding } from './session/console-embedding.ts';
import { LiveSessions } from './session/live-sessions.ts';
import { PasswordCheck } from './session/password-check.ts';
import { EndSession, StartSession } from './session/session.commands.ts';
import { session } from './session/session.decider.ts';
import { sessions } from './session/sessions.projection.ts';
import { Sessions } from './session/sessions.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';
import { SignOutController } from './sign-out/sign-out.controller.ts';
import { ChangeUserController } from './change-user/change-user.controller.ts';
import { CheckPasswordLinkController } from './check-password-link/check-password-link.controller.ts';
import { EndUserSessionsController } from './end-user-sessions/end-user-sessions.controller.ts';
import { InviteUserAgainController } from './invite-user-again/invite-user-again.controller.ts';
import { InviteUserController } from './invite-user/invite-user.controller.ts';
import { LastOperator } from './user/last-operator.ts';
import { LetOperatorGo, operators, OPERATORS } from './user/operators.decider.ts';
import { LinkLimit } from './password-link/link-limit.ts';
import { ListUsersController } from './list-users/list-users.controller.ts';
import { PasswordLinks } from './password-link/password-links.ts';
import { RedeemPasswordLinkController } from './redeem-password-link/redeem-password-link.controller.ts';
import { RemoveUserController } from './remove-user/remove-user.controller.ts';
import { RequestPasswordLinkController } from './request-password-link/request-password-link.controller.ts';
import { AccountMailSender } from './send-account-mails/account-mail-sender.ts';
import { accountMails } from './send-account-mails/account-mails.projection.ts';
import { ViewUserController } from './view-user/view-user.controller.ts';
import { ResidentUsers } from './user/resident-users.ts';
import {
  ChangeUser,
  DismissNotice,
  EndUserSessions,
  InviteUser,
  IssuePasswordLink,
  RecordSignIn,
  RegisterUser,
  RemoveUser,
  SetPassword,
} from './user/user.commands.ts';
import { user } from './user/user.decider.ts';
import { users } from './user/users.projection.ts';
import { ViewSessionController } from './view-session/view-session.controller.ts';

/** People: who signs in, and what they may do while they are. */
@Global()
@Module({
  controllers: [
    SignInController,
    ViewSessionController,
    SignOutController,
    EndAllSessionsController,
    ChangePasswordController,
    DismissNoticeController,
    OpenConsoleLinkController,
    IssueConsoleLinkController,
    RevokeConsoleLinkController,
    ListUsersController,
    InviteUserController,
    ViewUserController,
    ChangeUserController,
    RemoveUserController,
    InviteUserAgainController,
    EndUserSessionsController,
    RequestPasswordLinkController,
    CheckPasswordLinkController,
    RedeemPasswordLinkController,
  ],
  providers: [
    ...commandHandlers(user, (command) => command.data.userId, {
      RegisterUser,
      InviteUser,
      IssuePasswordLink,
      SetPassword,
      ChangeUser,
      RemoveUser,
      EndUserSessions,
      RecordSignIn,
      DismissNotice,
    }),
    ...commandHandlers(session, (command) => command.data.sessionId, { StartSession, EndSession }),
    ...commandHandlers(consoleLink, (command) => command.data.linkId, {
      IssueConsoleLink,
      OpenConsoleLink,
      RevokeConsoleLink,
    }),
    ...commandHandlers(operators, () => OPERATORS, { LetOperatorGo }),
    projects(users),
    projects(accountMails),
    projects(sessions),
    projects(consoleLinks),
    keepsResident(users),
    ResidentUsers,
    LastOperator,
    PasswordLinks,
    LinkLimit,
    AccountMailSender,
    PasswordCheck,
    LiveSessions,
    Sessions,
    ConsoleLinks,
    AccountsBootstrap,
    { provide: SESSION_AUTHENTICATOR, useExisting: LiveSessions },
    {
      provide: CONSOLE_EMBEDDING,
      inject: [ConsoleLinks, LiveSessions],
      useFactory: (links: ConsoleLinks, live: LiveSessions): ConsoleEmbedding => ({
        ofLink: (linkId) => links.embedderOf(linkId),
        ofSession: (cookie) => live.ofSession(cookie),
      }),
    },
  ],
  exports: [SESSION_AUTHENTICATOR, CONSOLE_EMBEDDING, AccountsBootstrap, AccountMailSender],
})
export class AccountsModule {}
