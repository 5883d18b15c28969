import { useEffect, useRef } from 'react';

export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

/** `mod+k` is Cmd+K on a Mac and Ctrl+K elsewhere; a single letter stands for itself. */
export function nameOfKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : '';
  const alt = event.altKey ? 'alt+' : '';
  return `${mod}${alt}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
}

const TYPED_INTO =
  'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role="textbox"], [role="combobox"]';
/** A toast has the role of a dialog, too, and is in nobody's way. */
const DIALOG = '[role="dialog"], [role="alertdialog"]:not(.toast)';
const OWN_KEYS = '[role="menu"], [role="listbox"], [role="tree"]';

function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (event.defaultPrevented || target?.closest(OWN_KEYS)) return true;
  const isPlain = !event.ctrlKey && !event.metaKey && event.key.length === 1;
  return isPlain && Boolean(target?.closest(TYPED_INTO));
}

/**
 * Keys of a page: `useShortcuts({ c: create, '/': focusSearch })`. Letters do nothing while something is typed, and nothing of a page
 * happens behind a dialog unless `inDialog` says that the keys are the dialog's.
 */
export function useShortcuts(shortcuts: Shortcuts, { inDialog = false }: { inDialog?: boolean } = {}): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isTaken(event)) return;
      const run = latest.current[nameOfKey(event)];
      if (!run) return;
      const hasDialog = document.querySelector(DIALOG) !== null;
      if (hasDialog !== inDialog) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [inDialog]);
}

export const isMac = (): boolean => typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
export const modKey = (): string => (isMac() ? '⌘' : 'Ctrl');
