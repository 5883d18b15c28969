import type { JSX, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icons.tsx';

type MenuProps = {
  /** The button that opens it: a kit `Button` or `IconButton` without a tooltip. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
  readonly placement?: 'bottom end' | 'bottom start';
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
};

export function Menu({
  trigger,
  label,
  children,
  placement = 'bottom end',
  isOpen,
  onOpenChange,
}: MenuProps): JSX.Element {
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      <Popover className="popover" placement={placement} offset={4}>
        <AriaMenu className="menu" aria-label={label}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

/** The three dots of a row. `name` is that of the thing: "Actions for Billing sync". */
export function RowMenu({
  name,
  children,
  ...rest
}: Omit<MenuProps, 'trigger' | 'label'> & { name: string }): JSX.Element {
  const label = `Actions for ${name}`;
  return (
    <Menu {...rest} label={label} trigger={<IconButton icon="more" label={label} tooltip={false} size="small" />}>
      {children}
    </Menu>
  );
}

type MenuItemProps = {
  readonly children: string;
  readonly icon?: IconName;
  readonly onAction?: () => void;
  readonly isDanger?: boolean;
  readonly description?: string;
  readonly shortcut?: string;
  /** Keeps the item off, reachable, and saying why. */
  readonly disabledReason?: string | undefined;
};

export function MenuItem(props: MenuItemProps): JSX.Element {
  const { children, icon, onAction, isDanger, shortcut, disabledReason } = props;
  const isOff = disabledReason !== undefined;
  const description = disabledReason ?? props.description;
  return (
    <AriaMenuItem
      className={classNames('menu-item', isDanger && !isOff && 'is-danger')}
      textValue={children}
      onAction={isOff ? undefined : onAction}
      shouldCloseOnSelect={!isOff}
      render={(dom) => (isOff ? <div {...(dom as object)} aria-disabled="true" /> : <div {...(dom as object)} />)}
    >
      {icon && <Icon name={icon} />}
      <span className="menu-text">
        <span>{children}</span>
        {description !== undefined && <span className="menu-note">{description}</span>}
      </span>
      {shortcut !== undefined && <kbd>{shortcut}</kbd>}
    </AriaMenuItem>
  );
}

export function MenuSeparator(): JSX.Element {
  return <Separator className="menu-separator" />;
}
