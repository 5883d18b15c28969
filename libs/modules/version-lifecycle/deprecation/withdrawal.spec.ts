import { describe, it } from '@jest/globals';
import { after, begin, disabling, draft, notice, V1, V2, V3 } from './testing/commands.ts';
import { expired, reached, released, webhook, withdrawn } from './testing/history.ts';

describe('a webhook on a release that was withdrawn', () => {
  const stranded = [...begin, webhook('a', 'shop', V2), withdrawn(V2, V1), released(V3, V1)];

  it('expires with the version before it, by the name of its own', () => {
    after(...stranded, expired(V1)).then([disabling('a', V2)]);
    after(...stranded, reached('reminder', V1, V3, { overtaken: true })).then([draft('a', { of: V2, target: V3 })]);
  });

  it('does so through as many releases as were withdrawn after each other', () =>
    after(...stranded, webhook('b', 'shop', V3), withdrawn(V3, V1), webhook('c', 'shop'), expired(V1)).then([
      disabling('c'),
      disabling('a', V2),
      disabling('b', V3),
    ]));
});

describe('the withdrawal of a release', () => {
  const told = [...begin, webhook('a', 'shop'), reached('announcement', V1, V2)];
  const takenBack = { newest: V1, staleAt: null };

  it('is mailed to those who were told that the version before it would expire', () =>
    after(...told, withdrawn(V2, V1)).then([
      notice('withdrawal', 'ann@acme.example', takenBack),
      notice('withdrawal', 'root@acme.example', { ...takenBack, workspaceId: 'root' }),
    ]));

  it('names the date that was announced last', () => {
    const postponed = reached('announcement', V1, V2, { expiresAt: 200 });
    after(...told, postponed, withdrawn(V2, V1)).then([
      notice('withdrawal', 'ann@acme.example', takenBack, 200),
      notice('withdrawal', 'root@acme.example', { ...takenBack, workspaceId: 'root' }, 200),
    ]);
  });

  it('is mailed to nobody if nothing was announced', () => {
    after(...begin, webhook('a', 'shop'), withdrawn(V2, V1)).thenNothing();
    const late = reached('announcement', V1, V2, { overtaken: true });
    after(...begin, webhook('a', 'shop'), late, withdrawn(V2, V1)).thenNothing();
    after(...told, withdrawn(V2, V1), released(V3, V1), withdrawn(V3, V1)).thenNothing();
  });

  it('takes back what a reminder said, where the announcement came too late', () => {
    const late = [reached('announcement', V1, V2, { overtaken: true }), reached('reminder', V1, V2)];
    after(...begin, webhook('a', 'shop'), ...late, withdrawn(V2, V1)).then([
      notice('withdrawal', 'ann@acme.example', takenBack),
      notice('withdrawal', 'root@acme.example', { ...takenBack, workspaceId: 'root' }),
    ]);
  });
});
