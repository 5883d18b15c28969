import type { Instant } from '../../../platform/kernel/index.ts';

/** ISO 8601 in UTC, such as `2025-01-15T10:30:00Z`; what is less than a second is cut off. */
export const dateTime = (at: Instant): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');

const BY_ITSELF = 'Carillon';

/** Who did something, without what kind of actor that is; what nobody asked for was done by Carillon itself. */
export const nameOfActor = (actor: string): string =>
  /^(client|user):/.test(actor) ? actor.slice(actor.indexOf(':') + 1) : BY_ITSELF;
