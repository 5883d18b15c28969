import { useEffect, useRef } from 'react';

type Step = (() => void) | undefined;

/**
 * `[` and `]` go to the one before and after, wherever the focus is in the sheet: lists, too, take the letters for themselves.
 * On some keyboards they are typed with AltGr, which looks like Ctrl and Alt.
 */
export function useBrackets(previous: Step, next: Step): void {
  const steps = useRef({ previous, next });
  useEffect(() => {
    steps.current = { previous, next };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isCommand = event.metaKey || event.ctrlKey !== event.altKey;
      const step = event.key === '[' ? steps.current.previous : event.key === ']' ? steps.current.next : undefined;
      if (isCommand || step === undefined) return;
      event.preventDefault();
      step();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
