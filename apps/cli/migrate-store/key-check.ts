import { CannotOpen, sealingKey } from '../../../libs/platform/sealing/index.ts';
import { MigrationRefused } from './refused.ts';
import type { SealedText } from './survey.ts';

export type Keys = {
  /** 64 hexadecimal characters, from the environment. */
  readonly given: string;
  /** That of the data folder, if it keeps one. */
  readonly kept: string | undefined;
};

/** @throws {MigrationRefused} for another key than the one that opens the secrets in the events. */
export function checkKey({ given, kept }: Keys, sealed: SealedText | undefined): void {
  const hint = kept === undefined ? '' : ' Set it to what is in encryption.key of the data folder.';
  if (sealed === undefined) {
    if (kept === undefined || kept.toLowerCase() === given.toLowerCase()) return;
    throw new MigrationRefused(`ENCRYPTION_KEY is not the key of this data folder.${hint}`);
  }
  try {
    sealingKey(Buffer.from(given, 'hex')).open(sealed.sealed, sealed.context);
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    throw new MigrationRefused(
      `ENCRYPTION_KEY does not open the secrets of this data folder. ${error.message}${hint}`,
      {
        cause: error,
      },
    );
  }
}
