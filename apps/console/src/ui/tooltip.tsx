import type { JSX, ReactNode } from 'react';
import { tooltipHome } from './tooltip-home.ts';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip';

type Props = {
  readonly text: ReactNode;
  /** One element that takes the focus: a kit button, or something in `Focusable`. */
  readonly children: ReactNode;
  readonly delay?: number;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
};

/** What hover and focus tell of a control. Nothing may be found in a tooltip alone, except precision and reasons. */
export function Tooltip({ text, children, delay = 400, isOpen, onOpenChange }: Props): JSX.Element {
  return (
    <TooltipTrigger delay={delay} closeDelay={100} isOpen={isOpen} onOpenChange={onOpenChange}>
      {children}
      <AriaTooltip className="tooltip" offset={6} UNSTABLE_portalContainer={tooltipHome()}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
