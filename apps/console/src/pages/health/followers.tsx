import type { JSX } from 'react';
import { Cell, Row, RowHeader, StatusPill, Table } from '../../ui/index.ts';
import { followerKinds, followerState, inOrder, lagInWords, type Follower } from './health-words.ts';

const columns = [
  { id: 'name', label: 'Follower' },
  { id: 'kind', label: 'Kind' },
  { id: 'state', label: 'State' },
  { id: 'lag', label: 'Lag', align: 'number' },
] as const;

type Props = { readonly followers: readonly Follower[]; readonly head: number | null };

/** Who follows the events, and how far each has come. */
export function Followers({ followers, head }: Props): JSX.Element {
  return (
    <section className="card" aria-labelledby="followers">
      <div className="card-head">
        <h2 id="followers">Followers</h2>
        <span className="muted small">
          What is made of the events{head === null ? '' : ', and how far behind it is'}
        </span>
      </div>
      <Table label="Followers" columns={columns}>
        {inOrder(followers).map((follower) => {
          const { word, ...look } = followerState(follower);
          return (
            <Row key={follower.name} id={follower.name} state={follower.failing ? 'failing' : 'following'}>
              <RowHeader column="name">{follower.name}</RowHeader>
              <Cell column="kind">{followerKinds[follower.kind]}</Cell>
              <Cell column="state">
                <StatusPill {...look}>{word}</StatusPill>
              </Cell>
              <Cell column="lag">{lagInWords(follower.lag)}</Cell>
            </Row>
          );
        })}
      </Table>
    </section>
  );
}
