import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { VersionView } from '../../api/types.ts';
import { Page } from '../../app/page.tsx';
import { ErrorPanel, Skeleton } from '../../ui/index.ts';
import { BackToWebhooks } from './form-fields.tsx';
import { catalogQuery, editedQuery, versionsQuery, type Catalog, type Edited } from './form-queries.ts';
import type { EditMode, Mode } from './form-values.ts';
import { WebhookForm } from './webhook-form.tsx';

type Props = { readonly workspaceId: string; readonly mode: Mode };
type Read = { readonly versions: readonly VersionView[]; readonly catalog: Catalog };

/** The form begins once all is there that its fields choose from. */
export function FormLoader({ workspaceId, mode }: Props): JSX.Element {
  const versions = useQuery(versionsQuery);
  const catalog = useQuery(catalogQuery(undefined));
  const failed = [versions, catalog].find(({ isError, data }) => isError && data === undefined);
  if (failed) return <Unread {...{ workspaceId, mode }} error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!versions.data || !catalog.data) return <Unread {...{ workspaceId, mode }} />;
  const read = { versions: versions.data, catalog: catalog.data };
  return mode.kind === 'create' ? (
    <WebhookForm workspaceId={workspaceId} mode={mode} {...read} latest={undefined} onReadAgain={nothing} />
  ) : (
    <EditLoader workspaceId={workspaceId} mode={mode} read={read} />
  );
}

const nothing = (): Promise<undefined> => Promise.resolve(undefined);

function EditLoader({ workspaceId, mode, read }: { workspaceId: string; mode: EditMode; read: Read }): JSX.Element {
  const query = useQuery(editedQuery(workspaceId, mode));
  const readAgain = async (): Promise<Edited | undefined> => (await query.refetch()).data;
  if (query.data) {
    return <WebhookForm workspaceId={workspaceId} mode={mode} {...read} latest={query.data} onReadAgain={readAgain} />;
  }
  return <Unread {...{ workspaceId, mode }} error={query.error ?? undefined} onRetry={() => void query.refetch()} />;
}

type UnreadProps = Props & { readonly error?: unknown; readonly onRetry?: () => void };

function Unread({ workspaceId, mode, error, onRetry }: UnreadProps): JSX.Element {
  return (
    <Page title={titles[mode.kind]} back={<BackToWebhooks workspaceId={workspaceId} />}>
      {error === undefined ? (
        <div className="card">
          <Skeleton lines={12} />
        </div>
      ) : (
        <ErrorPanel error={error} title="The form could not be filled in" onRetry={onRetry} />
      )}
    </Page>
  );
}

const titles = { create: 'Create webhook', edit: 'Edit webhook', draft: 'Edit draft' } as const;
