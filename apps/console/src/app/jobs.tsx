import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type JSX } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { useCan } from '../api/session.ts';
import { runningJobsQuery } from '../api/jobs.ts';
import { Button } from '../ui/button.tsx';
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
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button kind="quiet" className="jobs-button" aria-label={`Jobs, ${running.length} running`}>
        {running.length > 0 && <span className="spinner" aria-hidden="true" />}
        {`Jobs ${running.length}`}
      </Button>
      <Popover className="popover" placement="bottom end" offset={6}>
        <Dialog className="popover-body jobs" aria-label="Jobs">
          <Suspense fallback={<Skeleton lines={3} />}>
            <JobList workspaceId={workspaceId} />
          </Suspense>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
