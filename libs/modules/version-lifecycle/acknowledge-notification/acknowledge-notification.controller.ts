import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { notFound, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { AcknowledgeNotification } from '../notification/notification.commands.ts';
import { notifications, type NotificationDocument } from '../notification/notifications.projection.ts';

@ApiTags('Webhook versions')
@Controller('notifications')
export class AcknowledgeNotificationController {
  constructor(
    @InjectDocuments(notifications) private readonly documents: Collection<NotificationDocument>,
    private readonly commands: CommandBus,
  ) {}

  @Post(':id/acknowledge')
  @Route({
    summary: 'Acknowledge a pop-up',
    description: 'It is not shown again. Acknowledging it again changes nothing.',
    scope: 'notifications:write',
    success: { status: 204 },
    errors: [404],
  })
  async acknowledge(
    @FromPath('id') notificationId: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    const workspaceId = (await this.documents.get(notificationId))?.document.workspaceId;
    if (workspaceId === undefined || !caller.reaches(workspaceId)) throw notFound('The notification');
    await this.commands.execute(new AcknowledgeNotification({ notificationId, workspaceId }, metadata));
  }
}
