import { useState, type JSX } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { exactTime, localTime, relativeTime } from '../words/times.ts';
import { announce } from './announcer.tsx';
import { copyText } from './copy-text.ts';
import { Tooltip } from './tooltip.tsx';
import { useNow } from './use-now.ts';

type Props = {
  /** ISO 8601 or UNIX milliseconds. */
  readonly at: string | number;
  /** `relative`: "2 min ago". `local`: "14:02:31", with the day unless it is today. `both` of them. */
  readonly as?: 'relative' | 'local' | 'both';
};

/** Local time. The tooltip has UTC and the millisecond; pressing it copies ISO 8601. */
export function Time({ at, as = 'relative' }: Props): JSX.Element {
  const now = useNow();
  const [isCopied, setCopied] = useState(false);
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>–</span>;
  const iso = date.toISOString();
  const relative = relativeTime(date.getTime(), now);
  const local = localTime(date.getTime(), now);
  // Of what is long ago the relative time is the day, which the local one begins with.
  const both = local.startsWith(relative) ? local : `${local} (${relative})`;
  const text = { relative, local, both }[as];
  const copy = async (): Promise<void> => {
    if (!(await copyText(iso))) return;
    setCopied(true);
    announce('Copied');
  };
  return (
    <Tooltip
      text={isCopied ? `Copied: ${iso}` : exactTime(date.getTime())}
      onOpenChange={(open) => !open && setCopied(false)}
    >
      <AriaButton className="time" onPress={() => void copy()}>
        <time dateTime={iso}>{text}</time>
      </AriaButton>
    </Tooltip>
  );
}
