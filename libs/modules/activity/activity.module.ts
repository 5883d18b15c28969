import { Module } from '@nestjs/common';
import { projects } from '../../platform/processing/index.ts';
import { activity } from './list-activity/activity.projection.ts';
import { ListActivityController } from './list-activity/list-activity.controller.ts';

@Module({ controllers: [ListActivityController], providers: [projects(activity)] })
export class ActivityModule {}
