import type { JSX, ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';

export type TabItem<Id extends string> = {
  readonly id: Id;
  readonly label: string;
  /** After the label: a count, a dot. */
  readonly mark?: ReactNode;
  /** Called only while its tab is chosen. */
  readonly render: () => ReactNode;
};

type Props<Id extends string> = {
  readonly label: string;
  readonly tabs: readonly TabItem<Id>[];
  /** From the URL. */
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
};

export function Tabs<Id extends string>({ label, tabs, selected, onSelect }: Props<Id>): JSX.Element {
  return (
    <AriaTabs className="tabs" selectedKey={selected} onSelectionChange={(id) => onSelect(id as Id)}>
      <TabList className="tab-list" aria-label={label}>
        {tabs.map((tab) => (
          <Tab key={tab.id} ref={tab.id === selected ? bringIntoView : null} id={tab.id} className="tab">
            {tab.label}
            {tab.mark}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="tab-panel">
          {tab.id === selected ? tab.render() : null}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

/** Where the tabs have no room beside each other. Not `scrollIntoView`, which would move the page as well. */
function bringIntoView(tab: HTMLElement | null): void {
  const list = tab?.closest<HTMLElement>('.tab-list');
  if (tab && list) list.scrollLeft = tab.offsetLeft - list.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
}
