import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, type JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { keys } from '../../live/keys.ts';
import { Button, Cell, Disclosure, QueryView, Row, RowHeader, Table, useMinute, type Column } from '../../ui/index.ts';
import { number } from '../../words/numbers.ts';
import { took } from '../../words/times.ts';
import { eventful, isEmpty, type Statistics } from './chart-data.ts';
import { hourName, totalsInWords } from './chart-words.ts';
import { boundsOf, periodOf } from '../../words/period.ts';
import { PeriodSelect } from './period-select.tsx';

const StatisticsChart = lazy(() => import('./statistics-chart.tsx'));

type Props = {
  readonly workspaceId: string;
  readonly webhookId: string;
  /** Of the URL. */
  readonly period: string | undefined;
  readonly onPeriod: (period: string | undefined) => void;
  /** ISO 8601, the beginning of the hour. */
  readonly onHour: (hour: string) => void;
};

/** How the attempts of a webhook went. */
export function StatisticsFigure({ workspaceId, webhookId, period, onPeriod, onHour }: Props): JSX.Element {
  const now = useMinute();
  const asked = { webhook: webhookId, ...boundsOf(periodOf(period), now) };
  const query = useQuery({
    queryKey: keys.statistics(workspaceId, asked),
    queryFn: ({ signal }) => read(api.GET('/webhook-statistics', { params: { query: asked }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <section className="card is-padded stack gap-3" aria-label="Statistics">
      <QueryView query={query} errorTitle="The statistics could not be read" lines={6}>
        {(statistics) => (
          <figure
            className="stack gap-3"
            data-testid="chart"
            data-delivered={statistics.totals.succeeded}
            data-failed={statistics.totals.failed}
          >
            <div className="row">
              <figcaption className="strong">{totalsInWords(statistics)}</figcaption>
              <div className="push">
                <PeriodSelect value={period} onChange={onPeriod} />
              </div>
            </div>
            <div className="chart">
              <Suspense fallback={<div className="chart-canvas" />}>
                <StatisticsChart statistics={statistics} onHour={onHour} />
              </Suspense>
              {isEmpty(statistics) && (
                <p className="chart-empty muted" aria-hidden="true">
                  No deliveries in this period
                </p>
              )}
            </div>
            {!isEmpty(statistics) && (
              <>
                <Legend />
                <Disclosure title="Show as table" level={2}>
                  <Hours statistics={statistics} onHour={onHour} />
                </Disclosure>
              </>
            )}
          </figure>
        )}
      </QueryView>
    </section>
  );
}

function Legend(): JSX.Element {
  return (
    <ul className="chart-legend small" aria-label="Legend">
      <li className="key is-ok">Delivered</li>
      <li className="key is-bad">Failed attempts</li>
      <li className="key is-p50">Response time, median (p50)</li>
      <li className="key is-p95">Response time, 95 % (p95)</li>
    </ul>
  );
}

const columns: readonly Column[] = [
  { id: 'hour', label: 'Hour' },
  { id: 'delivered', label: 'Delivered', align: 'number' },
  { id: 'failed', label: 'Failed attempts', align: 'number' },
  { id: 'p50', label: 'p50', align: 'number' },
  { id: 'p95', label: 'p95', align: 'number' },
];

function Hours({ statistics, onHour }: { statistics: Statistics; onHour: Props['onHour'] }): JSX.Element {
  return (
    <div className="chart-table">
      <Table label="Deliveries by hour" columns={columns}>
        {eventful(statistics.hours).map((hour) => (
          <Row key={hour.hour}>
            <RowHeader column="hour">
              <Button
                kind="link"
                aria-label={`Show the deliveries of ${hourName(hour.hour)}`}
                onPress={() => onHour(hour.hour)}
              >
                {hourName(hour.hour)}
              </Button>
            </RowHeader>
            <Cell column="delivered">{number(hour.succeeded)}</Cell>
            <Cell column="failed">{number(hour.failed)}</Cell>
            <Cell column="p50">{hour.p50Ms === null ? '–' : took(hour.p50Ms)}</Cell>
            <Cell column="p95">{hour.p95Ms === null ? '–' : took(hour.p95Ms)}</Cell>
          </Row>
        ))}
      </Table>
    </div>
  );
}
