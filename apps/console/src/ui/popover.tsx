import type { JSX, ReactNode } from 'react';
import { DialogTrigger } from 'react-aria-components/Dialog';
import { Popover as AriaPopover } from 'react-aria-components/Popover';
import { classNames } from './class-names.ts';

type Props = {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
  readonly placement?: 'bottom start' | 'bottom end';
  readonly className?: string;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
};

/** A small dialog at its button. It is the popover itself that is the dialog: a dialog inside would leave its edges without a landmark. */
export function Popover({
  trigger,
  label,
  children,
  placement = 'bottom start',
  className,
  ...open
}: Props): JSX.Element {
  return (
    <DialogTrigger {...open}>
      {trigger}
      <AriaPopover className="popover" placement={placement} offset={6} aria-label={label}>
        <div className={classNames('popover-body', className)}>{children}</div>
      </AriaPopover>
    </DialogTrigger>
  );
}
