import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type JSX } from 'react';
import { useCan } from '../api/session.ts';
import { runningJobsQuery } from '../api/jobs.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useAnnouncedJobs } from './announced-jobs.ts';

const JobList = lazy(() => import('./job-list.tsx'));

/** What was asked for and takes its time. It is the server's list: it outlives the page, and a reload. */
export function Jobs({ workspaceId }: { workspaceId: string }): JSX.Element | null {
  const can = useCan();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({ ...runningJobsQuery(workspaceId), enabled: can('deliveries:read') });
  const running = data?.items ?? [];
  useAnnouncedJobs(workspaceId, running);
  if (!can('deliveries:read') || (running.length === 0 && !isOpen)) return null;
  return (
    <Popover
      label="Jobs"
      className="jobs"
      placement="bottom end"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button kind="quiet" aria-label={`Jobs ${running.length}, running`}>
          {running.length > 0 && <span className="spinner" aria-hidden="true" />}
          {`Jobs ${running.length}`}
        </Button>
      }
    >
      <Suspense fallback={<Skeleton lines={3} />}>
        <JobList workspaceId={workspaceId} />
      </Suspense>
    </Popover>
  );
}
