import { useEffect, useRef, type JSX, type ReactNode } from 'react';
import { Mark } from '../app/brand.tsx';

/** A page before the sign-in: one card in the middle. */
export function Front({ title, children }: { title: string; children: ReactNode }): JSX.Element {
  const h1 = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Carillon`;
    if (!document.activeElement?.matches('input')) h1.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <main className="front">
      <div className="front-card">
        <div className="shell-brand">
          <Mark />
          <span>Carillon</span>
        </div>
        <div className="card stack gap-4">
          <h1 ref={h1} tabIndex={-1}>
            {title}
          </h1>
          {children}
        </div>
      </div>
    </main>
  );
}
