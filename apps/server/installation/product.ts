import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

export const PRODUCT = 'Carillon';

/** As package.json has it, beside the sources or the build. */
export const VERSION = versionIn(findPackageJSON('..', import.meta.url));

function versionIn(file: string | undefined): string {
  const { version = '' } = file === undefined ? {} : (JSON.parse(readFileSync(file, 'utf8')) as { version?: string });
  return version;
}
