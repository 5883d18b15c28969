export const platformEventStream = (eventId: string): string => `platformEvent-${eventId}`;
