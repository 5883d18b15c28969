import type { JSX } from 'react';
import type { ActivityEntry } from '../../api/types.ts';
import { Link, PlainText } from '../../ui/index.ts';
import { summaryParts, type Names, type Part, type Target } from './summary.ts';

type Props = { readonly entry: ActivityEntry; readonly names: Names; readonly workspaceId: string };

/** The sentence of an entry, with what it is about as a link. */
export function SummaryText({ entry, names, workspaceId }: Props): JSX.Element {
  return (
    <>
      {summaryParts(entry, names).map(({ text, target }: Part, index) =>
        target === undefined ? (
          <PlainText key={index} text={text} />
        ) : (
          <TargetLink key={index} target={target} workspaceId={entry.workspaceId ?? workspaceId} text={text} />
        ),
      )}
    </>
  );
}

function TargetLink(props: { target: Target; workspaceId: string; text: string }): JSX.Element {
  const { target, workspaceId } = props;
  const text = <PlainText text={props.text} />;
  switch (target.page) {
    case 'webhook':
      return (
        <Link
          to="/w/$workspaceId/webhooks/$webhookId"
          params={{ workspaceId: target.workspaceId ?? workspaceId, webhookId: target.id }}
        >
          {text}
        </Link>
      );
    case 'workspace':
      return (
        <Link to="/w/$workspaceId/webhooks" params={{ workspaceId: target.id }}>
          {text}
        </Link>
      );
    case 'trigger':
      return (
        <Link to="/w/$workspaceId/triggers" params={{ workspaceId }} search={{ open: target.type }}>
          {text}
        </Link>
      );
    case 'client':
      return (
        <Link to="/w/$workspaceId/api-clients" params={{ workspaceId }} search={{ open: target.id }}>
          {text}
        </Link>
      );
  }
}
