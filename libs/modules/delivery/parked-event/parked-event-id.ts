import { derivedId } from '../../../platform/kernel/index.ts';
import type { PlatformMessage } from '../../../platform/platform-streams/index.ts';

/** From its place: UUIDs of the platform are unique in a stream only, and a message may come twice. */
export const parkedIdOf = ({ stream, revision }: Pick<PlatformMessage, 'stream' | 'revision'>): string =>
  derivedId('parked', stream, revision);
