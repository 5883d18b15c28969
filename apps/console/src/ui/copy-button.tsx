import { useEffect, useRef, useState, type JSX, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { announce } from './announcer.tsx';
import { copyText } from './copy-text.ts';

type Props = {
  readonly text: string;
  /** What is copied: "Copy event id". */
  readonly label: string;
  /** Shown as text beside the icon. */
  readonly children?: string;
};

const ANSWER_MS = 2_000;

/** Answers in its own place. */
export function CopyButton({ text, label, children }: Props): JSX.Element {
  const [answer, setAnswer] = useState<'copied' | 'failed' | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (): Promise<void> => {
    const done = (await copyText(text)) ? 'copied' : 'failed';
    setAnswer(done);
    announce(done === 'copied' ? 'Copied' : 'Copying failed');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnswer(null), ANSWER_MS);
  };
  const said = answer === 'copied' ? 'Copied' : answer === 'failed' ? 'Not copied' : children;
  return (
    <Button
      kind="quiet"
      size="small"
      icon={answer === 'copied' ? 'check' : 'copy'}
      className={`copy-button${said === undefined ? ' is-icon' : ''}${answer === 'copied' ? ' is-copied' : ''}`}
      aria-label={said === undefined ? label : answer ? said : label}
      onPress={() => void copy()}
    >
      {said}
    </Button>
  );
}

/** A value and its copy button: ids, URLs. */
export function Copyable({
  text,
  label,
  children,
}: {
  text: string;
  label: string;
  children?: ReactNode;
}): JSX.Element {
  return (
    <span className="copyable">
      {children ?? <code className="truncate">{text}</code>}
      <CopyButton text={text} label={label} />
    </span>
  );
}
