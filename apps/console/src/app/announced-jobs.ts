import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { isOver, jobQuery } from '../api/jobs.ts';
import type { RedeliveryView } from '../api/types.ts';
import { toast } from '../ui/toasts.tsx';
import { jobCounts, jobName } from '../words/jobs.ts';

/** Says what came of a job that was seen running, wherever in the console somebody is by then. */
export function useAnnouncedJobs(workspaceId: string, running: readonly RedeliveryView[]): void {
  const client = useQueryClient();
  const seen = useRef(new Map<string, RedeliveryView>());
  useEffect(() => {
    const now = new Set(running.map(({ id }) => id));
    for (const job of running) seen.current.set(job.id, job);
    for (const id of seen.current.keys()) {
      if (now.has(id)) continue;
      seen.current.delete(id);
      void client.fetchQuery({ ...jobQuery(workspaceId, id), staleTime: 0 }).then(announceEnd, () => undefined);
    }
  }, [client, workspaceId, running]);
}

function announceEnd(job: RedeliveryView): void {
  if (job.status === 'running') return;
  const verb = job.status === 'cancelled' ? 'Stopped' : isOver(job) ? 'Done' : 'All accepted';
  toast(`${verb}: ${jobName(job)}`, { detail: jobCounts(job), tone: job.failed ? 'info' : 'ok' });
}
