import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { TextField } from 'react-aria-components/TextField';
import { api, read } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { workspacesQuery } from '../api/workspaces.ts';
import { keys } from '../live/keys.ts';
import { Icon } from '../ui/icons.tsx';
import { paletteCommands, type Command } from './commands.ts';

const SHOWN = 6;

/** Everything by its name: pages, what can be made, webhooks, workspaces, a delivery or an event by its id. */
export default function Palette({ workspaceId, onClose }: { workspaceId: string; onClose: () => void }): JSX.Element {
  const router = useRouter();
  const session = useSession();
  const [typed, setTyped] = useState('');
  const { contains } = useFilter({ sensitivity: 'base' });
  const search = typed.trim();
  const enabled = search.length > 1;
  const webhooks = useQuery({
    queryKey: keys.webhookList(workspaceId, { palette: search }),
    queryFn: ({ signal }) =>
      read(api.GET('/settings/webhooks', { params: { query: { search, limit: SHOWN } }, signal })),
    enabled,
    meta: { isAside: true },
  });
  const workspaces = useQuery({ ...workspacesQuery({ search, limit: SHOWN }), enabled });
  const commands = paletteCommands({ session, workspaceId, search });
  const sections: { title: string; commands: readonly Command[] }[] = [
    { title: 'Go to', commands: commands.filter(({ label, isAlways }) => isAlways || contains(label, search)) },
    {
      title: 'Webhooks',
      commands: (enabled ? (webhooks.data?.items ?? []) : []).map(({ id, name, url }) => ({
        id: `webhook ${id}`,
        label: name || url,
        hint: url,
        icon: 'webhook',
        href: `/w/${workspaceId}/webhooks/${id}`,
      })),
    },
    {
      title: 'Workspaces',
      commands: (enabled ? (workspaces.data?.items ?? []) : []).map(({ id, displayName }) => ({
        id: `workspace ${id}`,
        label: displayName,
        hint: id,
        icon: 'globe',
        href: `/w/${id}/webhooks`,
      })),
    },
  ].filter((section) => section.commands.length > 0) as { title: string; commands: readonly Command[] }[];
  const run = (id: string): void => {
    const command = sections.flatMap((section) => section.commands).find((one) => one.id === id);
    onClose();
    if (command) void router.navigate({ href: command.href });
  };
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="modal palette">
        <Dialog aria-label="Search and commands">
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            <TextField className="palette-search" aria-label="Search webhooks, workspaces and pages" autoFocus>
              <Icon name="search" />
              <Input className="palette-input" placeholder="Search webhooks, workspaces and pages" spellCheck="false" />
            </TextField>
            <Menu
              className="menu palette-menu"
              aria-label="Results"
              onAction={(id) => run(String(id))}
              renderEmptyState={() => <p className="muted palette-empty">Nothing has this in its name.</p>}
            >
              {sections.map((section) => (
                <MenuSection key={section.title}>
                  <Header className="menu-header">{section.title}</Header>
                  {section.commands.map((command) => (
                    <MenuItem key={command.id} id={command.id} textValue={command.label} className="menu-item">
                      <Icon name={command.icon} />
                      <span className="menu-text">{command.label}</span>
                      {command.hint !== undefined && (
                        <span className="muted small truncate palette-hint">{command.hint}</span>
                      )}
                    </MenuItem>
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
