import { useEffect, useRef, type JSX } from 'react';
import { ErrorPanel } from './error-panel.tsx';

/** Why a form was refused, where no field is to blame. It takes the focus, so that it is read and not overlooked. */
export function FormFailure({ error, title }: { error: unknown; title?: string }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [error]);
  return (
    <div ref={box} tabIndex={-1}>
      <ErrorPanel error={error} title={title} />
    </div>
  );
}
