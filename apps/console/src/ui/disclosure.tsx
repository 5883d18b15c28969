import type { JSX, ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Disclosure as AriaDisclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { Heading } from 'react-aria-components/Heading';
import { Icon } from './icons.tsx';

type Props = {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly level?: 2 | 3 | 4;
  readonly defaultOpen?: boolean;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  /** Beside the title, outside its button. */
  readonly after?: ReactNode;
};

export function Disclosure({
  title,
  children,
  level = 3,
  defaultOpen,
  isOpen,
  onOpenChange,
  after,
}: Props): JSX.Element {
  return (
    <AriaDisclosure
      className="disclosure"
      defaultExpanded={defaultOpen}
      isExpanded={isOpen}
      onExpandedChange={onOpenChange}
    >
      <div className="row">
        <Heading level={level} className="disclosure-heading">
          <Button slot="trigger" className="disclosure-button">
            <Icon name="chevronRight" />
            {title}
          </Button>
        </Heading>
        {after}
      </div>
      <DisclosurePanel className="disclosure-panel">{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
