import { lazy, Suspense, type JSX } from 'react';
import type { WebhookView } from '../../api/types.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs, type TabItem } from '../../ui/tabs.tsx';
import './details.css';
import { useDetailsSearch, type DetailsTab } from './search-state.ts';

const DeliveriesTab = lazy(() => import('./deliveries-tab.tsx').then((module) => ({ default: module.DeliveriesTab })));
const ConfigurationTab = lazy(() =>
  import('./configuration-tab.tsx').then((module) => ({ default: module.ConfigurationTab })),
);
const VerifyTab = lazy(() => import('./verify-tab.tsx').then((module) => ({ default: module.VerifyTab })));
const DraftTab = lazy(() => import('./draft-tab.tsx').then((module) => ({ default: module.DraftTab })));
const ActivityTab = lazy(() => import('./activity-tab.tsx').then((module) => ({ default: module.ActivityTab })));

type Props = { readonly webhook: WebhookView; readonly workspaceId: string; readonly onTest: () => void };

/** Each tab is loaded when it is first looked at; the chosen one is in the URL. */
export function DetailsTabs({ webhook, workspaceId, onTest }: Props): JSX.Element {
  const [{ tab }, change] = useDetailsSearch();
  const items: TabItem<DetailsTab>[] = [
    {
      id: 'deliveries',
      label: 'Deliveries',
      render: () => <DeliveriesTab webhook={webhook} workspaceId={workspaceId} onTest={onTest} />,
    },
    { id: 'configuration', label: 'Configuration', render: () => <ConfigurationTab webhook={webhook} /> },
    { id: 'verify', label: 'Verify signature', render: () => <VerifyTab webhook={webhook} /> },
    {
      id: 'draft',
      label: 'Draft',
      mark: webhook.hasDraft && <span className="tab-dot" aria-hidden="true" />,
      render: () => <DraftTab webhook={webhook} />,
    },
    { id: 'activity', label: 'Activity', render: () => <ActivityTab webhook={webhook} workspaceId={workspaceId} /> },
  ];
  const selected = items.find(({ id }) => id === tab)?.id ?? 'deliveries';
  return (
    <Tabs
      label="Details"
      tabs={items.map((item) => ({
        ...item,
        render: () => <Suspense fallback={<Skeleton lines={8} />}>{item.render()}</Suspense>,
      }))}
      selected={selected}
      onSelect={(next) => {
        if (next !== selected)
          change(
            { tab: next === 'deliveries' ? undefined : next, delivery: undefined, attempt: undefined, part: undefined },
            { isStep: true },
          );
      }}
    />
  );
}
