import { useState, type JSX } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { IconButton } from '../ui/button.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { setTheme, themeNow, type Theme } from './theme.ts';

const themes: readonly { id: Theme; label: string; icon: IconName }[] = [
  { id: 'light', label: 'Light', icon: 'sun' },
  { id: 'dark', label: 'Dark', icon: 'moon' },
  { id: 'system', label: 'As the system', icon: 'system' },
];

export function ThemeMenu(): JSX.Element {
  const [theme, set] = useState<Theme>(themeNow);
  const icon = themes.find(({ id }) => id === theme)?.icon ?? 'system';
  return (
    <MenuTrigger>
      <IconButton icon={icon} label="Theme" tooltip={false} />
      <Popover className="popover" placement="bottom end" offset={4}>
        <AriaMenu
          className="menu"
          aria-label="Theme"
          items={themes}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[theme]}
          onSelectionChange={(keys) => {
            const chosen = themes.find(({ id }) => keys !== 'all' && keys.has(id));
            if (!chosen) return;
            setTheme(chosen.id);
            set(chosen.id);
          }}
        >
          {(item) => (
            <MenuItem className="menu-item" textValue={item.label}>
              <Icon name={item.icon} />
              <span className="menu-text">{item.label}</span>
              <Icon name="check" className="menu-check" />
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
