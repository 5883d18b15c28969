import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { useReasonWithout } from '../../api/session.ts';
import type { WebhookView } from '../../api/types.ts';
import { Copyable, PlainText, useMinute } from '../../ui/index.ts';
import { count } from '../../words/numbers.ts';
import { date, daysUntil } from '../../words/times.ts';
import { deliveryInWords } from './configuration/delivery-words.ts';
import { Fact, Section } from './configuration/fact.tsx';
import { LocationSection } from './configuration/location-section.tsx';
import { MaskedValue } from './configuration/masked-value.tsx';
import { RecordSection } from './configuration/record-section.tsx';
import { ScopeFact } from './configuration/scope-fact.tsx';
import { SecretSection } from './configuration/secret-section.tsx';
import { StatusFact } from './configuration/status-fact.tsx';
import { useTriggerLabels } from './configuration/trigger-labels.ts';
import './configuration/configuration.css';

type Props = { readonly webhook: WebhookView };

/** All settings, as they are now. */
export function ConfigurationTab({ webhook }: Props): JSX.Element {
  const { workspaceId = '' } = useParams({ strict: false });
  return (
    <div className="stack gap-4">
      <Section title="Basics">
        <dl className="facts is-rows">
          <Fact term="Name">{webhook.name === '' ? <None>No name</None> : <PlainText text={webhook.name} />}</Fact>
          <Fact term="Description">
            {webhook.description === '' ? <None>None</None> : <PlainText text={webhook.description} />}
          </Fact>
          <Fact term="Status">
            <StatusFact webhook={webhook} workspaceId={workspaceId} />
          </Fact>
          <Fact term="Version">
            <Version webhook={webhook} />
          </Fact>
          <Fact term="Apply to child workspace">
            <ScopeFact workspaceId={workspaceId} appliesToAll={webhook.applyToAllDescendants} />
          </Fact>
        </dl>
      </Section>
      <Section title="Destination">
        <dl className="facts is-rows">
          <Fact term="Authentication URL">
            <Copyable text={webhook.url} label="Copy Authentication URL">
              <code className="url">
                <PlainText text={webhook.url} />
              </code>
            </Copyable>
          </Fact>
          <Headers webhook={webhook} />
        </dl>
      </Section>
      {webhook.dialect === 'location' ? (
        <LocationSection webhook={webhook} workspaceId={workspaceId} />
      ) : (
        <SecretSection webhook={webhook} workspaceId={workspaceId} />
      )}
      <Triggers types={webhook.triggers} />
      <Section title="Delivery">
        <dl className="facts is-rows">
          {deliveryInWords(webhook.delivery).map(({ term, text }) => (
            <Fact key={term} term={term}>
              {text}
            </Fact>
          ))}
        </dl>
      </Section>
      <RecordSection webhook={webhook} workspaceId={workspaceId} />
    </div>
  );
}

const None = ({ children }: { children: string }): JSX.Element => <span className="muted">{children}</span>;

function Version({ webhook: { version, expiresAt } }: Props): JSX.Element {
  const now = useMinute();
  if (expiresAt === null) return <>{version}, the newest. It has no end yet.</>;
  return expiresAt > now ? (
    <>{`${version}. It ends on ${date(expiresAt)}, in ${daysUntil(expiresAt, now)}.`}</>
  ) : (
    <>{`${version}. It ended on ${date(expiresAt)}.`}</>
  );
}

const readNow = (id: string) => read(api.GET('/settings/webhooks/{id}', { params: { path: { id } } }));

function Headers({ webhook }: Props): JSX.Element {
  const reason = useReasonWithout('webhooks:write');
  const names = Object.keys(webhook.headers);
  if (names.length === 0) {
    return (
      <Fact term="Authorization headers">
        <None>None</None>
      </Fact>
    );
  }
  return (
    <>
      {names.map((name) => (
        <Fact key={`${name} ${webhook.updated}`} term={`Header ${name}`}>
          <MaskedValue
            name={`the value of ${name}`}
            read={async () => (await readNow(webhook.id)).headers[name] ?? ''}
            disabledReason={reason}
          />
        </Fact>
      ))}
    </>
  );
}

function Triggers({ types }: { types: readonly string[] }): JSX.Element {
  const labelOf = useTriggerLabels();
  return (
    <Section title={`${count(types.length, ['trigger', 'triggers'])}`}>
      <ul className="names">
        {types.map((type) => (
          <li key={type}>
            <PlainText text={labelOf(type)} /> <code className="small muted">{type}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}
