import { Module } from '@nestjs/common';
import { systemClock } from '../../platform/runtime/index.ts';
import { FollowChangesController } from './follow-changes/follow-changes.controller.ts';
import { LiveChanges, PACE } from './follow-changes/live-changes.ts';

/** Tells who looks what has changed. It keeps nothing. */
@Module({
  controllers: [FollowChangesController],
  providers: [LiveChanges, { provide: PACE, useValue: systemClock }],
})
export class LiveChangesModule {}
