import type { JSX } from 'react';
import { PlainText, Time, VisuallyHidden } from '../../ui/index.ts';
import { isInstant, isWords, linesOf, type Change } from './changes.ts';

/** What an entry says, in words: what was before and what is now, where both are known. */
export function ChangeList({ changes }: { changes: readonly Change[] }): JSX.Element {
  return (
    <dl className="facts is-rows">
      {changes.map((change) => (
        <div key={change.field}>
          <dt>{change.label}</dt>
          <dd>
            <Values change={change} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Values({ change: { field, before, after } }: { change: Change }): JSX.Element {
  if (isWords(after) && (before === undefined || isWords(before))) {
    return before === undefined ? <Words words={after} /> : <WordLines before={before} after={after} />;
  }
  if (before === undefined) return <Value field={field} value={after} />;
  return (
    <span className="stack gap-1">
      <Line kind="removed">
        <Value field={field} value={before} />
      </Line>
      <Line kind="added">
        <Value field={field} value={after} />
      </Line>
    </span>
  );
}

function WordLines({ before, after }: { before: readonly string[]; after: readonly string[] }): JSX.Element {
  const { added, removed, kept } = linesOf(before, after);
  return (
    <span className="stack gap-1">
      {removed.map((word) => (
        <Line key={`-${word}`} kind="removed">
          <PlainText text={word} />
        </Line>
      ))}
      {added.map((word) => (
        <Line key={`+${word}`} kind="added">
          <PlainText text={word} />
        </Line>
      ))}
      {kept > 0 && <span className="muted small">{kept} as before</span>}
    </span>
  );
}

function Line({ kind, children }: { kind: 'added' | 'removed'; children: JSX.Element }): JSX.Element {
  return (
    <span className={`change-line is-${kind}`} data-testid="diff-line" data-state={kind}>
      <span aria-hidden="true">{kind === 'added' ? '+' : '−'}</span>
      <span>
        <VisuallyHidden>{kind === 'added' ? 'Now: ' : 'Before: '}</VisuallyHidden>
        {children}
      </span>
    </span>
  );
}

function Words({ words }: { words: readonly string[] }): JSX.Element {
  return words.length === 0 ? <span className="muted">None</span> : <PlainText text={words.join(', ')} />;
}

function Value({ field, value }: { field: string; value: unknown }): JSX.Element {
  if (value === null || value === undefined || value === '') return <span className="muted">Nothing</span>;
  if (typeof value === 'boolean') return <>{value ? 'Yes' : 'No'}</>;
  if (isInstant(field, value)) return <Time at={value} as="local" />;
  if (isWords(value)) return <Words words={value} />;
  if (typeof value === 'string' || typeof value === 'number') return <PlainText text={String(value)} />;
  return (
    <code className="change-json">
      <PlainText text={JSON.stringify(value, null, 2)} />
    </code>
  );
}
