import type { Instant } from '../../../platform/kernel/index.ts';

/** ISO 8601 in UTC, such as `2025-01-15T10:30:00Z`; what is less than a second is cut off. */
export const dateTime = (at: Instant): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** Who did something, without what kind of actor that is. */
export const nameOfActor = (actor: string): string => actor.replace(/^(client|user):/, '');
