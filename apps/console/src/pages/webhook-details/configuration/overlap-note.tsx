import type { JSX } from 'react';
import { PlainText, Table, Row, RowHeader, Cell } from '../../../ui/index.ts';
import { signedBy } from './overlap-words.ts';

const columns = [
  { id: 'header', label: 'Header' },
  { id: 'during', label: 'Both count' },
  { id: 'after', label: 'Afterwards' },
];

/** By which secret each header is signed, while both count and afterwards. */
export function OverlapNote({ single }: { single: string }): JSX.Element {
  return (
    <Table label="Which secret signs which header" columns={columns}>
      {signedBy(single).map(({ header, during, after }) => (
        <Row key={header}>
          <RowHeader column="header">
            <code>
              <PlainText text={header} />
            </code>
          </RowHeader>
          <Cell column="during">{during}</Cell>
          <Cell column="after">{after}</Cell>
        </Row>
      ))}
    </Table>
  );
}
