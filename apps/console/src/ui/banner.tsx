import type { JSX, ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { Icon, type IconName } from './icons.tsx';

type Props = {
  readonly tone: 'info' | 'ok' | 'warn' | 'bad';
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
  /** `status` for what came up while the page was open, `alert` for what failed just now. */
  readonly role?: 'status' | 'alert';
};

const icons: Record<Props['tone'], IconName> = { info: 'info', ok: 'checkCircle', warn: 'alert', bad: 'alert' };

export function Banner({ tone, title, children, actions, onDismiss, role }: Props): JSX.Element {
  return (
    <div className={`banner is-${tone}`} role={role}>
      <Icon name={icons[tone]} />
      <div className="banner-text">
        {title !== undefined && <p className="strong">{title}</p>}
        {children !== undefined && <div>{children}</div>}
        {actions !== undefined && <div className="actions">{actions}</div>}
      </div>
      {onDismiss && <IconButton icon="close" label="Dismiss" size="small" tooltip={false} onPress={onDismiss} />}
    </div>
  );
}
