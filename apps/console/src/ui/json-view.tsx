import type { JSX } from 'react';
import { PlainText } from './body-view.tsx';

type Props = {
  readonly value: unknown;
  readonly label: string;
  /** How deep it begins open. */ readonly depth?: number;
};

/** JSON as a tree that opens and closes. */
export function JsonView({ value, label, depth = 3 }: Props): JSX.Element {
  return (
    <div className="json" role="group" aria-label={label}>
      <Node value={value} depth={depth} />
    </div>
  );
}

function Node({ name, value, depth }: { name?: string; value: unknown; depth: number }): JSX.Element {
  const key = name !== undefined && (
    <>
      <span className="json-key">
        <PlainText text={name} />
      </span>
      {': '}
    </>
  );
  if (typeof value !== 'object' || value === null) {
    return (
      <span>
        {key}
        <Leaf value={value} />
      </span>
    );
  }
  const entries: [string, unknown][] = Object.entries(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) {
    return (
      <span>
        {key}
        {open}
        {close}
      </span>
    );
  }
  return (
    <details open={depth > 0}>
      <summary>
        {key}
        {open} <span className="muted">{entries.length}</span> {close}
      </summary>
      <ul>
        {entries.map(([entry, item]) => (
          <li key={entry}>
            <Node name={entry} value={item} depth={depth - 1} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Leaf({ value }: { value: unknown }): JSX.Element {
  return typeof value === 'string' ? (
    <span className="json-string">
      &quot;
      <PlainText text={value} />
      &quot;
    </span>
  ) : (
    <span className="json-literal">{String(value)}</span>
  );
}
