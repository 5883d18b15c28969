import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { recentJobsQuery } from '../api/jobs.ts';
import { QueryView } from '../ui/query-view.tsx';
import { Job } from './job.tsx';

/** The running jobs of the workspace and those that ended last. */
export default function JobList({ workspaceId }: { workspaceId: string }): JSX.Element {
  const query = useQuery(recentJobsQuery(workspaceId));
  return (
    <div className="stack gap-3">
      <h2>Jobs</h2>
      <QueryView query={query} errorTitle="The jobs could not be read" lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">No job has run in this workspace.</p>
          ) : (
            <ul className="jobs-list">
              {items.map((job) => (
                <li key={job.id}>
                  <Job job={job} workspaceId={workspaceId} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </div>
  );
}
