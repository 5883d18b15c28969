import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { isOver } from '../../api/jobs.ts';
import type { RedeliveryView } from '../../api/types.ts';
import { Job } from '../../app/job.tsx';
import { keys } from '../../live/keys.ts';
import { Button, useMinute } from '../../ui/index.ts';

type Props = {
  readonly workspaceId: string;
  readonly webhookId: string;
  readonly onShow: (redeliveryId: string) => void;
};

const SHOWN_AFTER_MS = 30 * 60_000;
const POLL_MS = 2_000;

/** The redeliveries of a webhook that are under way, and those that ended lately: by how many were delivered, not how many were asked for. */
export function WebhookJobs({ workspaceId, webhookId, onShow }: Props): JSX.Element | null {
  const now = useMinute();
  const asked = { webhook: webhookId, limit: 5 };
  const { data } = useQuery({
    queryKey: keys.redeliveryList(workspaceId, asked),
    queryFn: ({ signal }) => read(api.GET('/redeliveries', { params: { query: asked }, signal })),
    meta: { isAside: true },
    // What is delivered of a job is told by no event of its own.
    refetchInterval: ({ state }) =>
      state.data?.items.some((job) => isShown(job, now) && !isOver(job)) ? POLL_MS : false,
  });
  const jobs = data?.items.filter((job) => isShown(job, now)) ?? [];
  if (jobs.length === 0) return null;
  return (
    <section className="card is-padded stack gap-3" aria-label="Redeliveries">
      {jobs.map((job) => (
        <div key={job.id} className="job-line">
          <Job job={job} workspaceId={workspaceId} />
          <Button kind="link" onPress={() => onShow(job.id)}>
            Show its deliveries
          </Button>
        </div>
      ))}
    </section>
  );
}

const isShown = (job: RedeliveryView, now: number): boolean =>
  job.status === 'running' || (job.endedAt !== null && now - Date.parse(job.endedAt) < SHOWN_AFTER_MS);
