import type { JSX, ReactNode } from 'react';

export function VisuallyHidden({ children }: { children: ReactNode }): JSX.Element {
  return <span className="visually-hidden">{children}</span>;
}
