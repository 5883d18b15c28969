/** Where the shared secret of a location belongs: what is sealed for one workspace opens for no other. */
export const workspaceSecretContext = (workspaceId: string): string => `workspace:${workspaceId}:secret`;
