import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, JSX, Ref } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icons.tsx';

type AnchorProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly ref?: Ref<HTMLAnchorElement> };

function Anchor({ className, ...rest }: AnchorProps): JSX.Element {
  return <a {...rest} className={classNames('link', className)} />;
}

type ButtonAnchorProps = AnchorProps & {
  readonly kind?: 'normal' | 'primary' | 'quiet';
  readonly size?: 'normal' | 'small';
  readonly icon?: IconName;
};

function ButtonAnchor({ className, kind = 'normal', size, icon, children, ...rest }: ButtonAnchorProps): JSX.Element {
  return (
    <a
      {...rest}
      className={classNames('button', kind !== 'normal' && `is-${kind}`, size === 'small' && 'is-small', className)}
    >
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

function PlainAnchor(props: AnchorProps): JSX.Element {
  return <a {...props} />;
}

/** To a page of the console: `<Link to="/w/$workspaceId/webhooks" params={{ workspaceId }}>`. */
export const Link = createLink(Anchor);
/** The same, that looks like a button. */
export const LinkButton = createLink(ButtonAnchor);
/** The same, without a look of its own. */
export const PlainLink = createLink(PlainAnchor);
