import type { JSX } from 'react';
import { Focusable } from 'react-aria-components/Focusable';
import { Tooltip } from '../ui/tooltip.tsx';
import { localTime } from '../words/times.ts';
import { useLiveState } from './hooks.ts';
import type { LiveState } from './live-state.ts';

const words: Readonly<Record<LiveState, string>> = {
  connecting: 'Connecting',
  open: 'Live',
  reconnecting: 'Reconnecting',
  polling: 'Updated',
  closed: 'Not live',
};

const explained: Readonly<Record<LiveState, string>> = {
  connecting: 'The page will follow changes in a moment.',
  open: 'Changes appear as they happen.',
  reconnecting: 'The connection was lost; it is being made again.',
  polling: 'There is no live connection. The page is read again every 15 seconds.',
  closed: 'The page does not follow changes now. Reload it to see the newest.',
};

/** Whether what is on screen follows the server. */
export function LiveLight(): JSX.Element {
  const { state, updatedAt } = useLiveState();
  const text = state === 'polling' ? `${words.polling} ${localTime(updatedAt, updatedAt)}` : words[state];
  return (
    <Tooltip text={explained[state]}>
      <Focusable>
        <span
          className="live"
          role="img"
          tabIndex={0}
          aria-label={`Live updates: ${text}`}
          data-testid="live-state"
          data-state={state}
        >
          <span className="live-dot" aria-hidden="true" />
          <span className="label">{text}</span>
        </span>
      </Focusable>
    </Tooltip>
  );
}
