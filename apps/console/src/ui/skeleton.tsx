import { useEffect, useState, type JSX } from 'react';

const AFTER_MS = 200;

/** Where something will stand, of the same height. What comes within 200 ms never flickers. */
export function Skeleton({ lines = 4, label = 'Loading' }: { lines?: number; label?: string }): JSX.Element {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton" role="status" style={{ visibility: isShown ? 'visible' : 'hidden' }}>
      {isShown && <b className="visually-hidden">{label}</b>}
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden="true" />
      ))}
    </div>
  );
}
