import { read } from './rule.ts';

/** The names of all variables that the server reads. */
export const SETTINGS: ReadonlySet<string> = new Set(
  Array.from(read('libs/platform/config/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm), ([, name]) => name ?? ''),
);

export const SECRETS = ['ENCRYPTION_KEY', 'BOOTSTRAP_CLIENT_ID', 'BOOTSTRAP_CLIENT_SECRET'];

/** Values of `.env` that no installation has. */
export const DOT_ENV = {
  ENCRYPTION_KEY: '0123456789abcdef'.repeat(4),
  BOOTSTRAP_CLIENT_ID: 'client-of-a-spec',
  BOOTSTRAP_CLIENT_SECRET: 'secret-of-a-spec',
};

/** With the values in their places, as Compose does it for `${NAME:-default}` and `${NAME:?message}`. */
export function interpolate(value: string, env: Record<string, string>): string {
  return value.replace(/\$\{(\w+):(-|\?)([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    const found = env[name] ?? '';
    if (found !== '') return found;
    if (kind === '?') throw new Error(`${name} ${rest}`);
    return rest;
  });
}
