import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';
import { parkReasons } from './parked-event.events.ts';

const parkedId = z.string();

/** Harmless when repeated, also after it was replayed or dropped: a message may come again. */
export class ParkPlatformEvent extends command(
  'ParkPlatformEvent',
  z.object({
    parkedId,
    stream: z.string(),
    revision: z.int().nonnegative(),
    type: z.string(),
    workspaceId: z.string().nullable(),
    eventId: z.string().nullable(),
    reason: z.enum(parkReasons),
    errors: z.array(z.object({ field: z.string(), message: z.string() })),
  }),
) {}

/** The event has been taken in. */
export class RecordReplay extends command('RecordReplay', z.object({ parkedId })) {}

export class DropParkedEvent extends command('DropParkedEvent', z.object({ parkedId })) {}

export type ParkedEventCommand = ParkPlatformEvent | RecordReplay | DropParkedEvent;
