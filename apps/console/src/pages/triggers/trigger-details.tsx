import { useEffect, useRef, type JSX } from 'react';
import { useCan, useReasonWithout } from '../../api/session.ts';
import type { TriggerView } from '../../api/types.ts';
import { Badge, Button, Code, Copyable, LinkButton, PlainText, Tabs, type TabItem } from '../../ui/index.ts';
import { ListeningWebhooks } from './listening-webhooks.tsx';
import { SchemaView } from './schema-view.tsx';

export type View = 'example' | 'schema' | 'webhooks';

type Props = {
  readonly trigger: TriggerView;
  readonly workspaceId: string;
  readonly view: View;
  readonly onView: (view: View) => void;
  /** In which version it is shown. */
  readonly version: JSX.Element | undefined;
};

/** Published for the location API, which has to name it; nothing ever publishes it. */
const NEVER_FIRES = 'none';

export function TriggerDetails({ trigger, workspaceId, view, onView, version }: Props): JSX.Element {
  const { type, label, description, schema, example, action } = trigger;
  const heading = useRef<HTMLHeadingElement>(null);
  const can = useCan();
  useEffect(() => {
    // On a narrow screen the list makes room for it, and the focus would be nowhere.
    if (document.activeElement === document.body) heading.current?.focus();
  }, [type]);
  const tabs: TabItem<View>[] = [
    {
      id: 'example',
      label: 'Example',
      render: () => (
        <div className="stack gap-2">
          <Code label="Example of the data" text={JSON.stringify(example, null, 2)} />
          <p className="small muted">
            It comes as the <code>data</code> of an alert, beside its id, its time, its type and the workspace.
          </p>
        </div>
      ),
    },
    { id: 'schema', label: 'Schema', render: () => <SchemaView key={type} schema={schema} name={label} /> },
    ...(can('webhooks:read')
      ? [
          {
            id: 'webhooks' as const,
            label: 'Webhooks that listen',
            render: () => <ListeningWebhooks workspaceId={workspaceId} trigger={type} />,
          },
        ]
      : []),
  ];
  return (
    <section className="card trigger-details" aria-labelledby="trigger-heading">
      <div className="card-body stack gap-4">
        <div className="row">
          <h2 id="trigger-heading" ref={heading} tabIndex={-1}>
            <PlainText text={label} />
          </h2>
          <span className="push">
            <CreateWith type={type} workspaceId={workspaceId} />
          </span>
        </div>
        <div className="row gap-3">
          <Copyable text={type} label="Copy trigger name" />
          {action && <Badge>{`Location API: action ${action.number}, ${action.name}`}</Badge>}
        </div>
        {description !== '' && (
          <p>
            <PlainText text={description} />
          </p>
        )}
        {version}
        <Tabs label={`About ${label}`} tabs={tabs} selected={view} onSelect={onView} />
      </div>
    </section>
  );
}

function CreateWith({ type, workspaceId }: { type: string; workspaceId: string }): JSX.Element {
  const reason = useReasonWithout('webhooks:write') ?? (type === NEVER_FIRES ? 'It never fires.' : undefined);
  const label = 'Create a webhook with it';
  return reason === undefined ? (
    <LinkButton icon="add" to="/w/$workspaceId/webhooks/new" params={{ workspaceId }} search={{ trigger: type }}>
      {label}
    </LinkButton>
  ) : (
    <Button icon="add" disabledReason={reason}>
      {label}
    </Button>
  );
}
