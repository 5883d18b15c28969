import type { JSX } from 'react';
import { classNames, PlainText, VisuallyHidden } from '../../../ui/index.ts';
import { sideBySide, unified, type DiffLine } from './line-diff.ts';

export type DiffForm = 'split' | 'unified';
type Props = {
  readonly lines: readonly DiffLine[];
  readonly form: DiffForm;
  readonly before: string;
  readonly after: string;
};

/** Lines that were taken away and added, in one column or two. The first of each change can take the focus. */
export function DiffView(props: Props): JSX.Element {
  const label = `Difference: ${props.before}; ${props.after}`;
  return (
    <div className="diff" role="region" aria-label={label} tabIndex={0}>
      {props.form === 'split' ? <Split {...props} /> : <Unified {...props} />}
    </div>
  );
}

function Split({ lines, before, after }: Props): JSX.Element {
  return (
    <table className="diff-lines is-split">
      <thead>
        <tr>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {sideBySide(lines).map(({ left, right, change, isFirst }, index) => (
          <tr key={index} {...startOf(isFirst, change)}>
            <Line line={left} />
            <Line line={right} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Unified({ lines, before, after }: Props): JSX.Element {
  return (
    <table className="diff-lines">
      <thead>
        <tr>
          <th scope="col">{`− ${before}, + ${after}`}</th>
        </tr>
      </thead>
      <tbody>
        {unified(lines).map(({ change, isFirst, ...line }, index) => (
          <tr key={index} {...startOf(isFirst, change)}>
            <Line line={line} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const startOf = (isFirst: boolean, change: number | null) =>
  isFirst && change !== null ? { tabIndex: -1, 'data-change': change } : {};

const marks = { same: ' ', removed: '−', added: '+' } as const;

function Line({ line }: { line: DiffLine | null }): JSX.Element {
  if (line === null) return <td className="diff-none" />;
  const { kind, text } = line;
  return (
    <td className={classNames('diff-line', kind !== 'same' && `is-${kind}`)} data-testid="diff-line" data-kind={kind}>
      <span className="diff-mark" aria-hidden="true">
        {marks[kind]}
      </span>
      {kind !== 'same' && <VisuallyHidden>{`${kind}: `}</VisuallyHidden>}
      <PlainText text={text} />
    </td>
  );
}
