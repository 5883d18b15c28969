import { Fragment, type JSX } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { modKey } from '../ui/shortcuts.ts';

type Keys = readonly (readonly [keys: readonly string[], does: string])[];

const groups: readonly (readonly [title: string, keys: Keys])[] = [
  [
    'Everywhere',
    [
      [[`${modKey()} K`], 'Search webhooks, workspaces and pages'],
      [['w'], 'Switch the workspace'],
      [['F6'], 'Go to the messages'],
      [['?'], 'Show these keys'],
    ],
  ],
  [
    'Webhooks',
    [
      [['j', 'k'], 'Next and previous webhook'],
      [['Enter'], 'Open or close its details'],
      [['.'], 'Open its menu'],
      [['c'], 'Create a webhook'],
      [['/'], 'Search'],
    ],
  ],
  ['A form', [[[`${modKey()} Enter`], 'Save']]],
  [
    'A delivery beside the page',
    [
      [['[', ']'], 'Previous and next delivery'],
      [['r'], 'Redeliver'],
      [['Esc'], 'Close'],
    ],
  ],
];

/** What can be done without leaving the keys. */
export default function KeysHelp({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog isOpen onClose={onClose} title="Keyboard shortcuts">
      {groups.map(([title, keys]) => (
        <section key={title} className="stack gap-2" aria-label={title}>
          <h3>{title}</h3>
          <dl className="facts is-rows">
            {keys.map(([names, does]) => (
              <div key={does}>
                <dt>{does}</dt>
                <dd>
                  {names.map((name, index) => (
                    <Fragment key={name}>
                      {index > 0 && ' or '}
                      <kbd>{name}</kbd>
                    </Fragment>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
