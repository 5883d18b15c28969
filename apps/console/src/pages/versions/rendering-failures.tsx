import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { api, read } from '../../api/client.ts';
import type { Item } from '../../api/types.ts';
import { keys } from '../../live/keys.ts';
import { Cell, PlainText, QueryView, Row, RowHeader, Table, Time } from '../../ui/index.ts';
import { number } from '../../words/numbers.ts';

type Failures = Item<'/versions/{name}/rendering-failures'>;

const faults: Readonly<Record<Failures['fault'], string>> = {
  error: 'The downgrade failed',
  time: 'The downgrade took too long',
  size: 'The result was too large',
  shape: 'The result did not fit the version',
};

const columns = [
  { id: 'trigger', label: 'Trigger' },
  { id: 'fault', label: 'What went wrong' },
  { id: 'count', label: 'Deliveries', align: 'number' },
  { id: 'last', label: 'Last' },
] as const;

/** Alerts that could not be made in this version, or because of it. */
export function RenderingFailures({ name }: { name: string }): JSX.Element {
  const query = useQuery({
    queryKey: keys.renderingFailures(name),
    queryFn: ({ signal }) =>
      read(api.GET('/versions/{name}/rendering-failures', { params: { path: { name } }, signal })),
  });
  return (
    <QueryView query={query} errorTitle="What was not rendered could not be read">
      {({ items }) =>
        items.length === 0 ? (
          <p className="muted">Every alert could be rendered.</p>
        ) : (
          <Table label={`Not rendered in ${name}`} columns={columns}>
            {items.map((of) => (
              <Row key={`${of.version} ${of.releasedIn} ${of.type} ${of.fault}`}>
                <RowHeader column="trigger">
                  <PlainText text={of.type} />
                </RowHeader>
                <Cell column="fault">
                  {faults[of.fault]} (to {of.version}, downgrade of {of.releasedIn})
                  <span className="small muted block">
                    <PlainText text={of.error} />
                  </span>
                </Cell>
                <Cell column="count">{number(of.count)}</Cell>
                <Cell column="last">
                  <Time at={of.lastAt} />
                </Cell>
              </Row>
            ))}
          </Table>
        )
      }
    </QueryView>
  );
}
