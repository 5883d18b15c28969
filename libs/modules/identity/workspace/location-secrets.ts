import { Inject, Injectable } from '@nestjs/common';
import type { Ids, Sealed } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { workspaceSecretContext } from './sealing-contexts.ts';

/** The shared secrets of locations: shown by the routes about them, sealed everywhere else. */
@Injectable()
export class LocationSecrets {
  constructor(
    @Inject(SEALING_KEY) private readonly sealing: SealingKey,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** A new one, of 43 characters. */
  make(workspaceId: string): { readonly secret: string; readonly sealed: Sealed } {
    const secret = this.ids.token(43);
    return { secret, sealed: this.sealing.seal(secret, workspaceSecretContext(workspaceId)) };
  }

  open(sealed: Sealed, workspaceId: string): string {
    return this.sealing.open(sealed, workspaceSecretContext(workspaceId));
  }
}
