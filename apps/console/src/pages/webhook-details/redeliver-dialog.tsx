import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { deliveryCountQuery } from '../../api/deliveries.ts';
import type { Body, DeliveryView, Query, WebhookView } from '../../api/types.ts';
import { keys } from '../../live/keys.ts';
import { announce, ConfirmDialog, PlainText, RadioGroup } from '../../ui/index.ts';
import { count, number } from '../../words/numbers.ts';
import { reasonNotToRedeliver } from '../delivery/index.tsx';
import { redeliveryOf, statusesOf } from './delivery-filters.ts';

export type Target =
  | { readonly by: 'ids'; readonly ids: readonly string[]; readonly known: readonly DeliveryView[] }
  | { readonly by: 'filter'; readonly query: Query<'/deliveries'> };
type Props = {
  readonly workspaceId: string;
  readonly webhook: WebhookView;
  readonly target: Target;
  readonly onStarted: () => void;
  readonly onClose: () => void;
};
type Asked = Omit<Body<'/redeliveries', 'post'>, 'ratePerSecond'>;

const deliveries = ['delivery', 'deliveries'] as const;

/** Asks with the count first; what is accepted goes on as a job. */
export function RedeliverDialog({ workspaceId, webhook, target, onStarted, onClose }: Props): JSX.Element {
  const client = useQueryClient();
  const [what, setWhat] = useState<'not-delivered' | 'all'>('not-delivered');
  const counted = useCounted(workspaceId, target, what);
  const start = async (): Promise<void> => {
    const asked: Asked =
      target.by === 'ids'
        ? { webhookId: webhook.id, what: 'all', deliveryIds: [...target.ids] }
        : redeliveryOf({ ...target.query, webhook: webhook.id }, what);
    // The rate is the server's default unless it is given, which the types do not know.
    await read(api.POST('/redeliveries', { body: asked }));
    announce('Accepted: the deliveries are sent again.');
    onStarted();
    void client.invalidateQueries({ queryKey: keys.redeliveries(workspaceId) });
  };
  const chooses = target.by === 'filter' && target.query.status === undefined;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={start}
      action="Redeliver"
      title={
        counted === undefined
          ? 'Redeliver?'
          : `Redeliver ${counted.atLeast ? 'more than ' : ''}${count(counted.count, deliveries)}?`
      }
      disabledReason={counted?.count === 0 ? 'None of them can be sent again.' : undefined}
    >
      {chooses && (
        <RadioGroup
          label="Which of those that match"
          options={[
            {
              value: 'not-delivered',
              label: 'Those that were not delivered',
              description: 'Failed, not rendered, skipped or held',
            },
            { value: 'all', label: 'Delivered ones, too' },
          ]}
          value={what}
          onChange={setWhat}
        />
      )}
      <p>
        They are sent to{' '}
        <code className="url">
          <PlainText text={webhook.url} />
        </code>
        , after what is delivered anyway. The receiver sees the same event ids again.
      </p>
      {counted === undefined && <p className="muted">Counting…</p>}
      {counted !== undefined && counted.left > 0 && (
        <p>{`${number(counted.left)} of the selected ${counted.left === 1 ? 'is' : 'are'} left alone: under way, cancelled, or a test.`}</p>
      )}
    </ConfirmDialog>
  );
}

type Counted = {
  readonly count: number;
  readonly atLeast: boolean;
  /** Selected, and nothing to be sent again. */ readonly left: number;
};

function useCounted(workspaceId: string, target: Target, what: 'not-delivered' | 'all'): Counted | undefined {
  const statuses = target.by === 'filter' ? statusesOf(target.query, what) : [];
  const query = target.by === 'filter' ? target.query : {};
  const counts = useQueries({
    queries: statuses.map((status) => deliveryCountQuery(workspaceId, { ...query, status, kind: 'event' })),
  });
  if (target.by === 'ids') {
    const left = target.known.filter((delivery) => reasonNotToRedeliver(delivery, true) !== undefined).length;
    return { count: target.ids.length - left, atLeast: false, left };
  }
  const known = counts.flatMap(({ data }) => (data === undefined ? [] : [data]));
  if (known.length < statuses.length) return undefined;
  return {
    count: known.reduce((sum, each) => sum + each.count, 0),
    atLeast: known.some(({ atLeast }) => atLeast),
    left: 0,
  };
}
