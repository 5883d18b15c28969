import type { Config } from './config.ts';

const EVERYWHERE = ['0.0.0.0', '::'];

/** Where people reach the server, without a trailing slash: as configured, or else where it listens. */
export function publicUrlOf({ publicUrl, host, port }: Pick<Config, 'publicUrl' | 'host' | 'port'>): string {
  if (publicUrl !== '') return publicUrl;
  const name = EVERYWHERE.includes(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
