import type { JSX, ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

type Props = {
  readonly icon: IconName;
  readonly title: string;
  /** What it is for, and what comes next. "Nothing yet" and "no match" are two different sentences. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
};

export function EmptyState({ icon, title, children, actions }: Props): JSX.Element {
  return (
    <div className="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
      {actions !== undefined && <div className="actions">{actions}</div>}
    </div>
  );
}
