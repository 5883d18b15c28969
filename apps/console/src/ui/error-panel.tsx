import type { JSX } from 'react';
import { problemInWords } from '../words/problem-in-words.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { Icon } from './icons.tsx';

type Props = {
  readonly error: unknown;
  /** What failed: "The deliveries could not be read". */
  readonly title?: string;
  readonly onRetry?: () => void;
};

/** In the place of what could not be shown or done. The trace id finds it in the log of the server. */
export function ErrorPanel({ error, title, onRetry }: Props): JSX.Element {
  const { headline, detail, traceId } = problemInWords(error);
  return (
    <div className="banner is-bad" role="alert">
      <Icon name="alert" />
      <div className="banner-text stack gap-1">
        <p className="strong">{title ?? headline}</p>
        <p>{detail}</p>
        {traceId !== null && (
          <p className="small row gap-1">
            Trace id <code>{traceId}</code>
            <CopyButton text={traceId} label="Copy trace id" />
          </p>
        )}
        {onRetry && (
          <div className="actions">
            <Button size="small" icon="redo" onPress={onRetry}>
              Try again
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
