import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type JSX } from 'react';
import { useWatch } from 'react-hook-form';
import { Button, Disclosure, Skeleton } from '../../ui/index.ts';
import { FormCheckbox, FormSection } from './form-fields.tsx';
import { belowQuery } from './form-queries.ts';
import type { FormValues } from './form-values.ts';
import { coveredInWords } from './form-words.ts';

const CoveredTree = lazy(() => import('./covered-tree.tsx'));

export function ScopeSection({ workspaceId }: { workspaceId: string }): JSX.Element {
  const isApplied = useWatch<FormValues, 'applyToAllDescendants'>({ name: 'applyToAllDescendants' });
  return (
    <FormSection title="Workspaces">
      <FormCheckbox
        name="applyToAllDescendants"
        description="Alerts also tell of what happens in the workspaces below this one, at any depth, and in those that are added later."
      >
        Apply to child workspace
      </FormCheckbox>
      {isApplied && <Covered workspaceId={workspaceId} />}
    </FormSection>
  );
}

/** How many it covers is read at once, which ones when they are looked at. */
function Covered({ workspaceId }: { workspaceId: string }): JSX.Element {
  const { data, isError, refetch } = useQuery(belowQuery(workspaceId));
  const [isOpen, setOpen] = useState(false);
  if (isError && !data) {
    return (
      <p className="row small" role="status">
        Which workspaces it covers could not be read.
        <Button kind="link" onPress={() => void refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  if (!data) return <Skeleton lines={1} />;
  return (
    <div className="covered">
      <p role="status" data-testid="covered" data-below={data.total}>
        {coveredInWords(data)}
      </p>
      {data.total > 0 && (
        <Disclosure title="Which workspaces" isOpen={isOpen} onOpenChange={setOpen}>
          {isOpen && (
            <Suspense fallback={<Skeleton lines={3} />}>
              <CoveredTree workspaceId={workspaceId} />
            </Suspense>
          )}
        </Disclosure>
      )}
    </div>
  );
}
