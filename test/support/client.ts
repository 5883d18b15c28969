/** The bootstrap client of installations and server processes in tests: every scope, on the root. */
export const CLIENT = { id: 'test-client-0123456789', secret: 'test-secret-0123456789-0123456789' };
/** Their first administrator, who signs in to the console. */
export const ADMIN = { email: 'admin@carillon.localhost', password: 'first administrator' };
