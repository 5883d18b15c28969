import { useEffect, useRef, type JSX } from 'react';
import { Header } from 'react-aria-components/Header';
import { ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import type { TriggerView } from '../../api/types.ts';
import { PlainText } from '../../ui/index.ts';
import type { Group } from './group-triggers.ts';

type Props = {
  readonly groups: readonly Group<TriggerView>[];
  readonly open: string | undefined;
  readonly onOpen: (type: string) => void;
};

/** One stop for Tab, however many there are: the arrows and the first letters go through them. */
export function TriggerList({ groups, open, onOpen }: Props): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Of a link to a trigger: the list begins where it is, once it is laid out. The page itself stays where it is.
    const frame = requestAnimationFrame(() => {
      const chosen = list.current?.querySelector<HTMLElement>('[data-selected]');
      const box = list.current?.parentElement;
      if (chosen && box) box.scrollTop += chosen.getBoundingClientRect().top - box.getBoundingClientRect().top - 80;
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <ListBox
      ref={list}
      className="trigger-list"
      aria-label="Triggers"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={open === undefined ? [] : [open]}
      onSelectionChange={(keys) => {
        const [first] = keys;
        if (typeof first === 'string') onOpen(first);
      }}
    >
      {groups.map(({ title, triggers }) => (
        <ListBoxSection key={title} id={`group ${title}`}>
          <Header className="trigger-group">
            {title} <span className="muted">{triggers.length}</span>
          </Header>
          {triggers.map(({ type, label }) => (
            <ListBoxItem key={type} id={type} className="menu-item" textValue={label}>
              <span className="menu-text">
                <PlainText text={label} />
                <span className="trigger-type">{type}</span>
              </span>
            </ListBoxItem>
          ))}
        </ListBoxSection>
      ))}
    </ListBox>
  );
}
