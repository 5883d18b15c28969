import type { JSX, ReactNode } from 'react';
import { PlainText, StatusPill, Time } from '../../ui/index.ts';
import { bytes, number } from '../../words/numbers.ts';
import { engineNames, readiness, type InstallationView } from './health-words.ts';

type Props = { readonly installation: InstallationView };

/** Its place keeps its height: reasons come and go. */
export function Readiness({ installation }: Props): JSX.Element {
  const { word, ...look } = readiness(installation);
  const { reasons } = installation;
  return (
    <section className="card is-padded readiness" aria-labelledby="readiness">
      <h2 id="readiness" className="visually-hidden">
        State
      </h2>
      <p role="status">
        <StatusPill {...look} data-testid="readiness" data-state={reasons.length === 0 ? 'ready' : 'not-ready'}>
          {word}
        </StatusPill>
      </p>
      {reasons.length === 0 ? (
        <p className="muted">Requests are served, and every engine answers.</p>
      ) : (
        <ul tabIndex={0} aria-label="Reasons">
          {reasons.map((reason) => (
            <li key={reason}>
              <PlainText text={reason} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What is owed to receivers, in all. */
export function Figures({ installation: { backlog } }: Props): JSX.Element {
  const oldest = backlog?.oldestWaitingAt ?? null;
  return (
    <section className="card is-padded" aria-label="Backlog">
      <dl className="figures">
        <Figure name="Waiting to be delivered" note="Unfinished deliveries of enabled webhooks">
          {backlog ? number(backlog.owed) : '–'}
        </Figure>
        <Figure name="Held" note="Unfinished deliveries of disabled webhooks">
          {backlog ? number(backlog.held) : '–'}
        </Figure>
        <Figure name="Oldest waiting" note="When the first of them was, or is, due">
          {oldest === null ? '–' : <Time at={oldest} />}
        </Figure>
      </dl>
      {backlog === null && <p className="muted">The backlog is not known: documents cannot be read.</p>}
    </section>
  );
}

function Figure({ name, note, children }: { name: string; note: string; children: ReactNode }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figure">{children}</dd>
      <dd className="small muted">{note}</dd>
    </div>
  );
}

export function Engines({ installation: { engines, head } }: Props): JSX.Element {
  return (
    <section className="card" aria-labelledby="engines">
      <div className="card-head">
        <h2 id="engines">Engines</h2>
      </div>
      <dl className="card-body facts is-rows">
        <Fact name="Events">
          <Engine kind={engineNames[engines.events.kind]} ok={engines.events.ok} />
        </Fact>
        <Fact name="Newest event">{head === null ? 'Cannot be read' : `Position ${number(head)}`}</Fact>
        <Fact name="Documents">
          <Engine kind={engineNames[engines.documents.kind]} ok={engines.documents.ok} />
        </Fact>
        <Fact name="Mails">{engineNames[engines.mail.kind]}</Fact>
      </dl>
    </section>
  );
}

function Engine({ kind, ok }: { kind: string; ok: boolean }): JSX.Element {
  return (
    <span className="row">
      {kind}
      <StatusPill tone={ok ? 'ok' : 'bad'} icon={ok ? 'checkCircle' : 'crossCircle'}>
        {ok ? 'Answers' : 'Does not answer'}
      </StatusPill>
    </span>
  );
}

export function Process({ installation }: Props): JSX.Element {
  const { product, version, node, startedAt, memory, roles, clock, now } = installation;
  return (
    <section className="card" aria-labelledby="process">
      <div className="card-head">
        <h2 id="process">This process</h2>
      </div>
      <dl className="card-body facts is-rows">
        <Fact name="Version">
          {product} {version}, Node {node}
        </Fact>
        <Fact name="Started">
          <Time at={startedAt} as="local" />
        </Fact>
        <Fact name="Memory">{bytes(memory.rssBytes)}</Fact>
        <Fact name="Roles">{roles.join(', ')}</Fact>
        <Fact name="Clock">
          {clock === 'manual' ? (
            <>
              Manual: it stands at <Time at={now} as="local" />
            </>
          ) : (
            'That of the system'
          )}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
