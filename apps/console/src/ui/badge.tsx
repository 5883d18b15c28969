import type { JSX, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icons.tsx';

export type Tone = 'neutral' | 'ok' | 'bad' | 'warn' | 'info' | 'accent';

type BadgeProps = {
  readonly children: ReactNode;
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly title?: string;
};

/** A short property: a version, a role, a count. */
export function Badge({ children, tone = 'neutral', icon }: BadgeProps): JSX.Element {
  return (
    <span className={classNames('badge', tone !== 'neutral' && `is-${tone}`)}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

type PillProps = {
  /** The state in words; colour and icon only repeat it. */
  readonly children: ReactNode;
  readonly tone: Tone;
  readonly icon: IconName;
  readonly 'data-testid'?: string;
  readonly 'data-state'?: string;
};

export function StatusPill({ children, tone, icon, ...rest }: PillProps): JSX.Element {
  return (
    <span {...rest} className={classNames('pill', tone !== 'neutral' && `is-${tone}`)}>
      <Icon name={icon} />
      <span className="truncate">{children}</span>
    </span>
  );
}
