import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { Page } from '../../app/page.tsx';
import { keys } from '../../live/keys.ts';
import { Button, QueryView, Switch } from '../../ui/index.ts';
import { localTime } from '../../words/times.ts';
import { Engines, Figures, Process, Readiness } from './facts.tsx';
import { Followers } from './followers.tsx';
import { Lanes } from './lanes.tsx';
import './health.css';

const REFRESH_MS = 5_000;

export default function Health(): JSX.Element {
  const client = useQueryClient();
  const [refreshes, setRefreshes] = useState(true);
  const refetchInterval = refreshes ? REFRESH_MS : false;
  const query = useQuery({
    queryKey: keys.installation,
    queryFn: ({ signal }) => read(api.GET('/installation', { signal })),
    refetchInterval,
    retry: false,
  });
  const { data, dataUpdatedAt, isError } = query;
  return (
    <Page
      title="Health"
      actions={
        <>
          <span className="health-updated small muted">
            {isError && data !== undefined ? (
              <span className="text-bad">No answer since {localTime(dataUpdatedAt, dataUpdatedAt)}</span>
            ) : (
              data !== undefined && `Updated ${localTime(dataUpdatedAt, dataUpdatedAt)}`
            )}
          </span>
          <Switch isSelected={refreshes} onChange={setRefreshes}>
            Refresh every 5 s
          </Switch>
          <Button icon="redo" onPress={() => void client.invalidateQueries({ queryKey: keys.installation })}>
            Refresh now
          </Button>
        </>
      }
    >
      {data === undefined ? (
        <QueryView query={query} errorTitle="The health could not be read" lines={10}>
          {() => null}
        </QueryView>
      ) : (
        <div className="stack gap-5">
          <Readiness installation={data} />
          <Figures installation={data} />
          <Lanes refetchInterval={refetchInterval} />
          <div className="health-facts">
            <Engines installation={data} />
            <Process installation={data} />
          </div>
          <Followers followers={data.followers} />
        </div>
      )}
    </Page>
  );
}
