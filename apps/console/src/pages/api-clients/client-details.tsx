import type { JSX, ReactNode } from 'react';
import type { ApiClientView } from '../../api/types.ts';
import { PlainText, Time } from '../../ui/index.ts';
import { LastUsed } from './last-used.tsx';
import { scopeGroups } from './scopes.ts';

/** Everything about a client but its secret, which nobody knows. */
export function ClientDetails({ client, issuer }: { client: ApiClientView; issuer: string | undefined }): JSX.Element {
  return (
    <div className="stack gap-4">
      <dl className="facts">
        <Fact term="Issued">
          <Time at={client.issuedAt} as="both" />
          {issuer !== undefined && (
            <>
              {' by '}
              <PlainText text={issuer} />
            </>
          )}
        </Fact>
        <Fact term="Secret rotated">
          {client.secretRotatedAt === null ? 'Never' : <Time at={client.secretRotatedAt} as="both" />}
        </Fact>
        <Fact term="Last used">
          <LastUsed at={client.lastUsedAt} />
        </Fact>
        {client.revokedAt !== null && (
          <Fact term="Revoked">
            <Time at={client.revokedAt} as="both" />
          </Fact>
        )}
      </dl>
      <section aria-label="What it may do" className="client-scopes">
        {scopeGroups(client.scopes).map(({ title, scopes }) => (
          <div key={title}>
            <p className="small strong">{title}</p>
            <ul className="plain-scopes">
              {scopes.map(({ scope, words }) => (
                <li key={scope}>
                  {words} <code className="muted scope-name">{scope}</code>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </section>
    </div>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }): JSX.Element {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
