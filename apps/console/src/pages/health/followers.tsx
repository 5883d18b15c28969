import type { JSX } from 'react';
import { Cell, Row, RowHeader, StatusPill, Table } from '../../ui/index.ts';
import { followerKinds, followerState, inOrder, type Follower } from './health-words.ts';

const columns = [
  { id: 'name', label: 'Follower' },
  { id: 'kind', label: 'Kind' },
  { id: 'state', label: 'How far it is' },
] as const;

/** Who follows the events, and how far each has come. */
export function Followers({ followers }: { followers: readonly Follower[] }): JSX.Element {
  return (
    <section className="card" aria-labelledby="followers">
      <div className="card-head">
        <h2 id="followers">Followers</h2>
        <span className="muted small">What is made of the events, and what reacts to them</span>
      </div>
      <Table label="Followers" columns={columns} isKept>
        {inOrder(followers).map((follower) => {
          const { word, ...look } = followerState(follower);
          return (
            <Row key={follower.name} id={follower.name} state={follower.failing ? 'failing' : 'following'}>
              <RowHeader column="name" className="follower-name">
                {follower.name}
              </RowHeader>
              <Cell column="kind">{followerKinds[follower.kind]}</Cell>
              <Cell column="state">
                <StatusPill {...look}>{word}</StatusPill>
              </Cell>
            </Row>
          );
        })}
      </Table>
    </section>
  );
}
