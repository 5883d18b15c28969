import { useState, type JSX, type ReactNode, type Ref } from 'react';
import { Button as AriaButton, type PressEvent } from 'react-aria-components/Button';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icons.tsx';
import { Tooltip } from './tooltip.tsx';

export type ButtonProps = {
  readonly children?: ReactNode;
  readonly icon?: IconName;
  /** `primary` once a page; `danger` for what takes something away. */
  readonly kind?: 'normal' | 'primary' | 'quiet' | 'danger' | 'danger-primary' | 'link';
  readonly size?: 'normal' | 'small';
  readonly type?: 'button' | 'submit';
  readonly onPress?: (event: PressEvent) => void;
  /** Keeps the button off, reachable, and saying why. */
  readonly disabledReason?: string | undefined;
  /** What hover and focus add to its name. */
  readonly tooltip?: string | undefined;
  /** What was asked for is under way. */
  readonly isPending?: boolean;
  readonly className?: string;
  readonly form?: string;
  readonly autoFocus?: boolean;
  readonly slot?: string;
  readonly id?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-expanded'?: boolean;
  readonly 'aria-controls'?: string;
  readonly 'aria-describedby'?: string;
  readonly 'data-testid'?: string;
  readonly ref?: Ref<HTMLButtonElement>;
};

const kinds = {
  normal: '',
  primary: 'is-primary',
  quiet: 'is-quiet',
  danger: 'is-danger',
  'danger-primary': 'is-danger is-primary',
  link: 'is-link',
} as const;

/**
 * One element whether it is on, off, or under way, so that it keeps the focus: the last press on "Next" turns it off. What is off or
 * under way is only called disabled; being so, it could not be reached, and would not say why.
 */
export function Button(props: ButtonProps): JSX.Element {
  const {
    children,
    icon,
    kind = 'normal',
    size = 'normal',
    className,
    disabledReason,
    isPending,
    tooltip,
    ...rest
  } = props;
  const [isOpen, setOpen] = useState(false);
  const isOff = disabledReason !== undefined;
  const text = disabledReason ?? tooltip;
  const idle = isOff || isPending === true;
  return (
    <Tooltip text={text} delay={isOff ? 100 : 400} isOpen={isOpen && text !== undefined} onOpenChange={setOpen}>
      <AriaButton
        {...rest}
        className={classNames('button', kinds[kind], size === 'small' && 'is-small', className)}
        type={idle ? 'button' : rest.type}
        aria-disabled={idle ? 'true' : undefined}
        data-pending={isPending ? '' : undefined}
        // Touch has neither hover nor focus to ask for the reason with.
        onPress={isOff ? () => setOpen(true) : isPending ? undefined : rest.onPress}
      >
        {isPending ? <span className="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
        {children}
      </AriaButton>
    </Tooltip>
  );
}

type IconButtonProps = Omit<ButtonProps, 'children' | 'icon' | 'aria-label' | 'tooltip'> & {
  readonly icon: IconName;
  /** Its accessible name, also shown as the tooltip. */
  readonly label: string;
  readonly tooltip?: string | false;
};

/** A button of one icon. Its name says what and on which: "Actions for Billing sync". */
export function IconButton({ label, tooltip, className, kind = 'quiet', ...rest }: IconButtonProps): JSX.Element {
  return (
    <Button
      {...rest}
      kind={kind}
      className={classNames('is-icon', className)}
      aria-label={label}
      tooltip={tooltip === false ? undefined : (tooltip ?? label)}
    />
  );
}
