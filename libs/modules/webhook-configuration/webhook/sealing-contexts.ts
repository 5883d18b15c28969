/** Where a webhook's secret and header values belong: what is sealed for one webhook opens for no other. */
export const secretContext = (webhookId: string): string => `webhook:${webhookId}:secret`;
export const headerContext = (webhookId: string, name: string): string =>
  `webhook:${webhookId}:header:${name.toLowerCase()}`;
