import { Module } from '@nestjs/common';
import { projects } from '../../platform/processing/index.ts';
import { actorNames } from './actor-name/actor-names.projection.ts';
import { ActorNames } from './actor-name/actor-names.ts';
import { ActivityExport } from './export-activity/activity-export.ts';
import { ExportActivityController } from './export-activity/export-activity.controller.ts';
import { activity } from './list-activity/activity.projection.ts';
import { Entries } from './list-activity/entries.ts';
import { ListActivityController } from './list-activity/list-activity.controller.ts';

@Module({
  controllers: [ListActivityController, ExportActivityController],
  providers: [projects(activity), projects(actorNames), ActorNames, Entries, ActivityExport],
})
export class ActivityModule {}
