import { useMemo, useState, type JSX } from 'react';
import { bytes, number } from '../words/numbers.ts';
import { isBinary, pretty, shownBody } from '../words/bodies.ts';
import { pieces } from '../words/unseen.ts';
import { Button } from './button.tsx';
import { Checkbox } from './choices.tsx';
import { CopyButton } from './copy-button.tsx';
import { download } from './download.ts';
import { Segments } from './segments.tsx';

/** Any text of others, as text nodes alone, with what hides in it made visible. */
export function PlainText({ text }: { text: string }): JSX.Element {
  const parts = useMemo(() => pieces(text), [text]);
  return (
    <>
      {parts.map((part, index) =>
        part.unseen === null ? (
          part.text
        ) : (
          <span key={index} className="unseen" title="A character that is not seen">
            {part.unseen}
          </span>
        ),
      )}
    </>
  );
}

/** Code to be copied: a command, an example. */
export function Code({
  text,
  label,
  isWrapped = false,
}: {
  text: string;
  label: string;
  isWrapped?: boolean;
}): JSX.Element {
  return (
    <div className="code-box">
      <pre className={isWrapped ? 'code is-wrapped' : 'code'} tabIndex={0} role="region" aria-label={label}>
        <PlainText text={text} />
      </pre>
      <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} />
    </div>
  );
}

type BodyViewProps = {
  readonly body: string;
  /** What it is: "Request body". */
  readonly label: string;
  /** For the download: "delivery-65f0-request.json". */
  readonly fileName: string;
  readonly contentType?: string;
};

/** A request or response body: pretty or raw, collapsed when long, cut when very long, never markup. */
export function BodyView({ body, label, fileName, contentType }: BodyViewProps): JSX.Element {
  const [form, setForm] = useState<'pretty' | 'raw'>('pretty');
  const [isWrapped, setWrapped] = useState(true);
  const [isOpen, setOpen] = useState(false);
  const [showsBinary, setShowsBinary] = useState(false);
  const hasForms = useMemo(() => pretty(body) !== body, [body]);
  const shown = useMemo(() => shownBody(body, { isPretty: form === 'pretty', isOpen }), [body, form, isOpen]);
  const size = useMemo(() => new TextEncoder().encode(body).length, [body]);
  const save = (): void => download(fileName, body, contentType);
  if (body === '') return <p className="muted">{label}: empty.</p>;
  if (isBinary(body) && !showsBinary) {
    return (
      <p className="row">
        <span className="muted">
          {label}: {contentType ?? 'binary'}, {bytes(size)}.
        </span>
        <Button size="small" onPress={() => setShowsBinary(true)}>
          Show as text
        </Button>
        <Button size="small" icon="download" onPress={save}>
          Download
        </Button>
      </p>
    );
  }
  return (
    <div className="body-view">
      <div className="body-bar">
        {hasForms && (
          <Segments
            label={`Form of ${label.toLowerCase()}`}
            options={[
              { value: 'pretty', label: 'Pretty' },
              { value: 'raw', label: 'Raw' },
            ]}
            value={form}
            onChange={setForm}
          />
        )}
        <Checkbox isSelected={isWrapped} onChange={setWrapped}>
          Wrap
        </Checkbox>
        <span className="push">{bytes(size)}</span>
        <CopyButton text={body} label={`Copy ${label.toLowerCase()}`} />
        <Button
          kind="quiet"
          size="small"
          icon="download"
          className="is-icon"
          aria-label={`Download ${label.toLowerCase()}`}
          onPress={save}
        />
      </div>
      <pre className={isWrapped ? 'code is-wrapped' : 'code'} tabIndex={0} role="region" aria-label={label}>
        <PlainText text={shown.text} />
      </pre>
      {(shown.isCollapsed || shown.isCut) && (
        <p className="row small muted">
          {shown.isCut && <span>The first 64 KB are shown; the download has all of it.</span>}
          {shown.isCollapsed && (
            <Button size="small" onPress={() => setOpen(true)}>
              {`Show all ${number(shown.lines)} lines`}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
