import type { JSX, ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

type Props = {
  readonly icon: IconName;
  readonly title: string;
  /** What it is for, and what comes next. "Nothing yet" and "no match" are two different sentences. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** 1 where it is all of the page. */
  readonly level?: 1 | 2;
};

export function EmptyState({ icon, title, children, actions, level = 2 }: Props): JSX.Element {
  const Title = level === 1 ? 'h1' : 'h2';
  return (
    <div className="empty">
      <Icon name={icon} />
      <Title>{title}</Title>
      {children !== undefined && <p>{children}</p>}
      {actions !== undefined && <div className="actions">{actions}</div>}
    </div>
  );
}
