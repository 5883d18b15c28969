type Credentials = { readonly clientId: string; readonly clientSecret: string };

/** In single quotes a shell takes everything as it is, but for the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A command that exchanges a client's secret for an access token. */
export function tokenCurl(origin: string, { clientId, clientSecret }: Credentials): string {
  const body = {
    client_id: clientId,
    client_secret: clientSecret,
    audience: '',
    grant_type: 'client_credentials',
  };
  return [
    `curl -X POST ${quoted(`${origin}/oauth/token`)}`,
    `  -H 'Content-Type: application/json'`,
    `  -d ${quoted(JSON.stringify(body))}`,
  ].join(' \\\n');
}
