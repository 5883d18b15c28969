/** The alert of the API guide, as an event to publish. */
export const publishExample = {
  id: '12345',
  type: 'workspace-created',
  workspaceId: 'workspace123',
  timestamp: '1627670400000',
  data: {
    companyName: 'company1',
    displayName: 'company1',
    domain: 'The workspace domain',
    type: 'child',
    maxProtectedUsers: '25',
    notificationLevel: 'parent',
    parentWorkspaceId: 'company1Workspace',
    adminEmails: '',
    workspaceCreationTime: '1641009600000',
    subscriptionType: 'initial',
  },
};
