import type { JSX } from 'react';
import type { DraftView } from '../../../api/types.ts';
import { Cell, PlainText, Row, RowHeader, Table } from '../../../ui/index.ts';
import { useTriggerLabels } from '../configuration/trigger-labels.ts';
import { settingRows } from './setting-rows.ts';

type Props = { readonly draft: DraftView; readonly liveVersion: string };

/** The webhook and its draft, setting by setting. */
export function SettingTable({ draft, liveVersion }: Props): JSX.Element {
  const rows = settingRows(draft, useTriggerLabels());
  const columns = [
    { id: 'setting', label: 'Setting' },
    { id: 'live', label: `Live, on ${liveVersion}` },
    { id: 'draft', label: `Draft, on ${draft.version}` },
  ];
  return (
    <Table label="Settings of the webhook and of its draft" columns={columns}>
      {rows.map(({ field, label, isChanged, live, draft: after }) => (
        <Row key={field} testId="setting-row" id={field} state={isChanged ? 'changed' : 'same'}>
          <RowHeader column="setting">{label}</RowHeader>
          <Cell column="live" className="setting-lines">
            <Lines lines={live} />
          </Cell>
          <Cell column="draft" className="setting-lines">
            {isChanged ? (
              <div className="row is-nowrap setting-changed">
                <span className="strong" title="Changed">
                  <span aria-hidden="true">~</span>
                  <span className="visually-hidden">Changed:</span>
                </span>
                <Lines lines={after} />
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

const Lines = ({ lines }: { lines: readonly string[] }): JSX.Element => (
  <span className="stack gap-1">
    {lines.map((line, index) => (
      <span key={index}>
        <PlainText text={line} />
      </span>
    ))}
  </span>
);
