import { Global, Module } from '@nestjs/common';
import { commandHandlers } from '../../platform/event-store/index.ts';
import { keepsResident, projects, runsSaga } from '../../platform/processing/index.ts';
import { WEBHOOK_VERSIONS } from '../webhook-configuration/contract.ts';
import { AcknowledgeNotificationController } from './acknowledge-notification/acknowledge-notification.controller.ts';
import { deprecation } from './deprecation/deprecation.saga.ts';
import { Downgrader } from './downgrade/downgrader.ts';
import { VersionCalendar } from './keep-calendar/version-calendar.ts';
import { ListNoticesController } from './list-notices/list-notices.controller.ts';
import { ListNotificationsController } from './list-notifications/list-notifications.controller.ts';
import { ListVersionsController } from './list-versions/list-versions.controller.ts';
import { OweNotice, RecordSending, SkipNotice } from './notice/notice.commands.ts';
import { notice } from './notice/notice.decider.ts';
import { notices } from './notice/notices.projection.ts';
import { AcknowledgeNotification, RaiseNotification } from './notification/notification.commands.ts';
import { notification } from './notification/notification.decider.ts';
import { notifications } from './notification/notifications.projection.ts';
import { PostponeExpirationController } from './postpone-expiration/postpone-expiration.controller.ts';
import { ReleaseCheck } from './release-version/release-check.ts';
import { ReleaseVersionController } from './release-version/release-version.controller.ts';
import { NoticeSender } from './send-notices/notice-sender.ts';
import { ViewVersionController } from './view-version/view-version.controller.ts';
import { FirstVersion } from './webhook-version/first-version.ts';
import { PinnedWebhooks } from './webhook-version/pinned-webhooks.ts';
import { pinnedWebhooks } from './webhook-version/pinned-webhooks.projection.ts';
import { PAYLOAD_VERSIONS } from './webhook-version/payload-versions.ts';
import { ResidentPayloadVersions } from './webhook-version/resident-payload-versions.ts';
import { ResidentWebhookVersions } from './webhook-version/resident-webhook-versions.ts';
import {
  PostponeExpiration,
  ReachMilestones,
  ReleaseVersion,
  WithdrawVersion,
} from './webhook-version/webhook-version.commands.ts';
import { RELEASES, webhookVersion } from './webhook-version/webhook-version.decider.ts';
import { webhookVersions } from './webhook-version/webhook-versions.projection.ts';
import { WithdrawVersionController } from './withdraw-version/withdraw-version.controller.ts';

/** From a release to the day on which nothing is left of the version before it. */
@Global()
@Module({
  controllers: [
    ReleaseVersionController,
    ListVersionsController,
    ViewVersionController,
    PostponeExpirationController,
    WithdrawVersionController,
    ListNoticesController,
    ListNotificationsController,
    AcknowledgeNotificationController,
  ],
  providers: [
    ...commandHandlers(webhookVersion, () => RELEASES, {
      ReleaseVersion,
      PostponeExpiration,
      WithdrawVersion,
      ReachMilestones,
    }),
    ...commandHandlers(notice, (command) => command.data.noticeId, { OweNotice, RecordSending, SkipNotice }),
    ...commandHandlers(notification, (command) => command.data.notificationId, {
      RaiseNotification,
      AcknowledgeNotification,
    }),
    projects(webhookVersions),
    keepsResident(webhookVersions),
    projects(pinnedWebhooks),
    projects(notices),
    projects(notifications),
    runsSaga(deprecation),
    Downgrader,
    { provide: WEBHOOK_VERSIONS, useClass: ResidentWebhookVersions },
    { provide: PAYLOAD_VERSIONS, useClass: ResidentPayloadVersions },
    PinnedWebhooks,
    ReleaseCheck,
    FirstVersion,
    VersionCalendar,
    NoticeSender,
  ],
  exports: [WEBHOOK_VERSIONS, PAYLOAD_VERSIONS, FirstVersion, VersionCalendar, NoticeSender],
})
export class VersionLifecycleModule {}
