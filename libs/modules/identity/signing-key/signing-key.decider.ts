import { notFound, type Decider } from '../../../platform/kernel/index.ts';
import type { SigningKeyCommand } from './signing-key.commands.ts';
import type { SigningKeyEvent } from './signing-key.events.ts';

export type SigningKey = undefined | 'published' | 'retired';

export const signingKey: Decider<SigningKey, SigningKeyCommand, SigningKeyEvent> = {
  category: 'signingKey',
  initialState: () => undefined,
  evolve: (_state, event) => {
    switch (event.type) {
      case 'SigningKeyMade':
        return 'published';
      case 'SigningKeyRetired':
        return 'retired';
    }
  },
  decide: (command, state) => {
    switch (command.type) {
      case 'MakeSigningKey':
        return state ? [] : [{ type: 'SigningKeyMade', data: command.data }];
      case 'RetireSigningKey':
        if (!state) throw notFound('The signing key');
        return state === 'retired' ? [] : [{ type: 'SigningKeyRetired', data: command.data }];
    }
  },
};
