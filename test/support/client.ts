/** The bootstrap client of installations and server processes in tests: every scope, on the root. */
export const CLIENT = { id: 'test-client-0123456789', secret: 'test-secret-0123456789-0123456789' };
