import { useState, type JSX, type ReactNode, type Ref } from 'react';
import { Button as AriaButton, type PressEvent } from 'react-aria-components/Button';
import { Focusable } from 'react-aria-components/Focusable';
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

export function Button(props: ButtonProps): JSX.Element {
  const { children, icon, kind = 'normal', size = 'normal', className, disabledReason, isPending, ...rest } = props;
  const classes = classNames('button', kinds[kind], size === 'small' && 'is-small', className);
  const content = (
    <>
      {isPending ? <span className="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </>
  );
  if (disabledReason !== undefined) {
    return (
      <Off
        className={classes}
        reason={disabledReason}
        label={rest['aria-label']}
        slot={rest.slot}
        testId={rest['data-testid']}
      >
        {content}
      </Off>
    );
  }
  return (
    <AriaButton {...rest} className={classes} isPending={isPending}>
      {content}
    </AriaButton>
  );
}

type OffProps = {
  readonly className: string;
  readonly reason: string;
  readonly label: string | undefined;
  readonly slot: string | undefined;
  readonly testId: string | undefined;
  readonly children: ReactNode;
};

function Off({ className, reason, label, testId, children }: OffProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <Tooltip text={reason} delay={100} isOpen={isOpen} onOpenChange={setOpen}>
      <Focusable>
        <button
          type="button"
          className={className}
          aria-disabled="true"
          aria-label={label}
          data-testid={testId}
          // Touch has neither hover nor focus.
          onClick={() => setOpen(true)}
        >
          {children}
        </button>
      </Focusable>
    </Tooltip>
  );
}

type IconButtonProps = Omit<ButtonProps, 'children' | 'icon' | 'aria-label'> & {
  readonly icon: IconName;
  /** Its accessible name, also shown as the tooltip. */
  readonly label: string;
  readonly tooltip?: string | false;
};

/** A button of one icon. Its name says what and on which: "Actions for Billing sync". */
export function IconButton({ label, tooltip, className, kind = 'quiet', ...rest }: IconButtonProps): JSX.Element {
  const button = <Button {...rest} kind={kind} className={classNames('is-icon', className)} aria-label={label} />;
  return tooltip === false || rest.disabledReason !== undefined ? (
    button
  ) : (
    <Tooltip text={tooltip ?? label}>{button}</Tooltip>
  );
}
