import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Executed } from '../../../platform/event-store/index.ts';
import type { Principal } from '../../../platform/http/index.ts';
import { notFound, type CommandMetadata, type FieldError } from '../../../platform/kernel/index.ts';
import type { PlatformMessage } from '../../../platform/platform-streams/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { ParkPlatformEvent, type DropParkedEvent, type RecordReplay } from './parked-event.commands.ts';
import type { ParkedEvent } from './parked-event.decider.ts';
import type { ParkedEventEvent, ParkReason } from './parked-event.events.ts';
import { parkedIdOf } from './parked-event-id.ts';
import { viewOf, type ParkedEventView } from './parked-event-view.ts';
import { parkedEvents, type ParkedEventDocument } from './parked-events.projection.ts';

const MOST_ERRORS = 20;
const LONGEST_TEXT = 256;

/** Parked events as those who handle them know them. */
@Injectable()
export class ParkedEvents {
  constructor(
    @InjectDocuments(parkedEvents) private readonly documents: Collection<ParkedEventDocument>,
    private readonly commands: CommandBus,
  ) {}

  /** Keeps what names the message, and why; what it says stays in its stream. */
  async park(
    message: PlatformMessage,
    { reason, errors }: { readonly reason: ParkReason; readonly errors: readonly FieldError[] },
    metadata: CommandMetadata,
  ): Promise<void> {
    const { stream, revision, type } = message;
    const { workspaceId, id = message.id } = message.metadata ?? {};
    const data = {
      ...{ parkedId: parkedIdOf(message), stream, revision, type: shortened(type), reason },
      workspaceId: textOrNull(workspaceId),
      eventId: textOrNull(id),
      errors: errors.slice(0, MOST_ERRORS).map((error) => ({
        field: shortened(error.field),
        message: shortened(error.message),
      })),
    };
    await this.commands.execute(new ParkPlatformEvent(data, metadata));
  }

  /** The document, if the caller reaches its workspace; one of a workspace that is not there is seen by who reaches the root. */
  async one(id: string, caller: Principal): Promise<ParkedEventDocument> {
    const document = (await this.documents.get(id))?.document;
    const reaches = (workspaceId: string | null) =>
      caller.reach() === 'everything' || (workspaceId !== null && caller.reaches(workspaceId));
    if (!document || !reaches(document.workspaceId)) throw notFound('The parked event');
    return document;
  }

  /** As it is after the command's own event, whether or not the documents have it yet. */
  async settle(command: RecordReplay | DropParkedEvent, before: ParkedEventDocument): Promise<ParkedEventView> {
    const executed = await this.commands.execute<typeof command, Executed<ParkedEvent | undefined, ParkedEventEvent>>(
      command,
    );
    const others = { get: () => before, where: () => [] };
    const after = executed.events.reduce(
      (document, event) => parkedEvents.fold(document, event, before.parkedId, others) ?? document,
      before,
    );
    return viewOf({ ...after, ...executed.state });
  }
}

const shortened = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);
const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_TEXT ? value : null;
