import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { api } from '../api/client.ts';
import { isOver } from '../api/jobs.ts';
import { useReasonWithout } from '../api/session.ts';
import type { RedeliveryView } from '../api/types.ts';
import { keys } from '../live/keys.ts';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { toastError } from '../ui/toasts.tsx';
import { Time } from '../ui/time.tsx';
import { jobCounts, jobName, jobProgress, jobState } from '../words/jobs.ts';

/** One bulk redelivery: how far it is, and what came of it. What was asked for is never called delivered. */
export function Job({ job, workspaceId }: { job: RedeliveryView; workspaceId: string }): JSX.Element {
  const client = useQueryClient();
  const off = useReasonWithout('deliveries:write');
  const stop = useMutation({
    mutationFn: () => api.POST('/redeliveries/{id}/cancel', { params: { path: { id: job.id } } }),
    onError: (error) => toastError(error, 'The job could not be stopped'),
    onSettled: () => client.invalidateQueries({ queryKey: keys.redeliveries(workspaceId) }),
  });
  return (
    <div className="stack gap-1" data-testid="job" data-id={job.id} data-state={isOver(job) ? job.status : 'running'}>
      <ProgressBar label={jobName(job)} {...jobProgress(job)} valueLabel={jobState(job)} />
      <div className="row small muted">
        <span>{jobCounts(job)}</span>
        <span className="push">
          {job.status === 'running' ? (
            <Button
              size="small"
              onPress={() => stop.mutate()}
              isPending={stop.isPending}
              disabledReason={off}
              aria-label={`Stop: ${jobName(job)}`}
            >
              Stop
            </Button>
          ) : (
            <Time at={job.endedAt ?? job.startedAt} />
          )}
        </span>
      </div>
    </div>
  );
}
