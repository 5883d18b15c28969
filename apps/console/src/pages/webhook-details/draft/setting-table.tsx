import type { JSX } from 'react';
import type { DraftView } from '../../../api/types.ts';
import { Cell, PlainText, Row, RowHeader, Table } from '../../../ui/index.ts';
import { useTriggerLabels } from '../configuration/trigger-labels.ts';
import { settingRows } from './setting-rows.ts';

const columns = [
  { id: 'setting', label: 'Setting' },
  { id: 'live', label: 'Live' },
  { id: 'draft', label: 'Draft' },
];

type Props = { readonly draft: DraftView };

/** The webhook and its draft, setting by setting. */
export function SettingTable({ draft }: Props): JSX.Element {
  const rows = settingRows(draft, useTriggerLabels());
  return (
    <Table label="Settings of the webhook and of its draft" columns={columns}>
      {rows.map(({ field, label, isChanged, live, draft: after }) => (
        <Row key={field} testId="setting-row" id={field} state={isChanged ? 'changed' : 'same'}>
          <RowHeader column="setting" className="setting-lines">
            {label}
          </RowHeader>
          <Cell column="live" className="setting-lines">
            <Lines lines={live} others={isChanged ? after : []} />
          </Cell>
          <Cell column="draft" className="setting-lines">
            {isChanged ? (
              <div className="row is-nowrap setting-changed">
                <span className="strong" title="Changed">
                  <span aria-hidden="true">~</span>
                  <span className="visually-hidden">Changed:</span>
                </span>
                <Lines lines={after} others={live} />
              </div>
            ) : (
              <span className="muted">= same</span>
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

/** Of several lines those that the other side has, too, step back. */
const Lines = ({ lines, others }: { lines: readonly string[]; others: readonly string[] }): JSX.Element => (
  <span className="stack gap-1">
    {lines.map((line, index) => (
      <span key={index} className={others.includes(line) ? 'muted' : undefined}>
        <PlainText text={line} />
      </span>
    ))}
  </span>
);
