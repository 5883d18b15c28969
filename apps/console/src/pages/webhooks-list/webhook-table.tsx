import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { WebhookView } from '../../api/types.ts';
import { Table, useShortcuts, type Column, type Sort } from '../../ui/index.ts';
import { useWebhookActions } from '../../webhooks/webhook-actions.tsx';
import { latestStatisticsQuery } from './webhook-list.ts';
import { WebhookRow } from './webhook-row.tsx';
import './webhooks-list.css';

export type SortBy = 'name' | '-name' | 'created' | '-created' | 'updated' | '-updated';

const columns: readonly Column[] = [
  { id: 'name', label: 'Name', isSortable: true },
  { id: 'url', label: 'URL' },
  { id: 'triggers', label: 'Triggers', align: 'number', width: 'shrink' },
  { id: 'status', label: 'Status', width: 'shrink' },
  { id: 'version', label: 'Version', width: 'shrink' },
  { id: 'share', label: 'Last 24 h', align: 'number', width: 'shrink' },
  { id: 'last', label: 'Last delivery', width: 'shrink' },
  { id: 'actions', label: 'Actions', isHidden: true, width: 'shrink' },
];

type Props = {
  readonly webhooks: readonly WebhookView[];
  readonly workspaceId: string;
  readonly isBusy: boolean;
  readonly sort: SortBy;
  readonly onSort: (sort: SortBy) => void;
  /** The id of the one whose details are open in place. */
  readonly open: string | undefined;
  readonly onOpen: (id: string | undefined) => void;
};

export function WebhookTable({ webhooks, workspaceId, isBusy, sort, onSort, open, onOpen }: Props): JSX.Element {
  const statistics = useQuery({ ...latestStatisticsQuery(workspaceId, webhooks), meta: { isAside: true } });
  const [menu, setMenu] = useState<string>();
  const actions = useWebhookActions({ onRemoved: ({ id }) => id === open && onOpen(undefined) });
  const toggle = (id: string): void => onOpen(open === id ? undefined : id);
  useRowKeys(webhooks, setMenu);
  return (
    <>
      <Table
        label="Webhooks"
        columns={columns}
        isBusy={isBusy}
        sort={sortOf(sort)}
        onSort={(next) => onSort(nameOfSort(next))}
      >
        {webhooks.map((webhook) => (
          <WebhookRow
            key={webhook.id}
            webhook={webhook}
            statistics={statistics.data?.get(webhook.id)}
            workspaceId={workspaceId}
            actions={actions}
            isOpen={open === webhook.id}
            onToggle={() => toggle(webhook.id)}
            isMenuOpen={menu === webhook.id}
            onMenuOpen={(isOpen) => setMenu(isOpen ? webhook.id : undefined)}
          />
        ))}
      </Table>
      {actions.dialogs}
    </>
  );
}

const sortOf = (sort: SortBy): Sort => ({
  by: sort.replace('-', ''),
  direction: sort.startsWith('-') ? 'descending' : 'ascending',
});
const nameOfSort = ({ by, direction }: Sort): SortBy => `${direction === 'descending' ? '-' : ''}${by}` as SortBy;

const focusedRow = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>('[data-testid="webhook-row"]') ?? null;

/** `j` and `k` go to the arrow of the next row and the one before, `.` opens the menu of the row that has the focus. */
function useRowKeys(webhooks: readonly WebhookView[], openMenu: (id: string) => void): void {
  const go = (step: 1 | -1): void => {
    const at = webhooks.findIndex(({ id }) => id === focusedRow()?.dataset['id']);
    const next = webhooks[Math.min(Math.max(at + step, 0), webhooks.length - 1)];
    document
      .querySelector<HTMLElement>(`[data-testid="webhook-row"][data-id="${CSS.escape(next?.id ?? '')}"] button`)
      ?.focus();
  };
  useShortcuts({
    j: () => go(1),
    k: () => go(-1),
    '.': () => {
      const id = focusedRow()?.dataset['id'];
      if (id !== undefined) openMenu(id);
    },
  });
}
