import { useEffect, useRef, useState, type JSX, type Ref } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField';
import { classNames } from './class-names.ts';
import { FieldLabel } from './field.tsx';
import { Icon } from './icons.tsx';

type Props = {
  readonly label: string;
  readonly placeholder?: string;
  /** What the URL says. */
  readonly value: string;
  /** Told once typing has paused, at once on Enter and Escape. */
  readonly onSearch: (text: string) => void;
  readonly autoFocus?: boolean;
  readonly className?: string;
  readonly ref?: Ref<HTMLInputElement>;
};

const PAUSE_MS = 250;

export function SearchField({ label, placeholder, value, onSearch, autoFocus, className, ref }: Props): JSX.Element {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const told = useRef(value);
  // The URL changed by itself, as with Back: it wins over what is typed.
  if (value !== shown) {
    setShown(value);
    setText(value);
  }
  useEffect(() => {
    told.current = value;
  }, [value]);
  const tell = (next: string): void => {
    if (next === told.current) return;
    told.current = next;
    onSearch(next);
  };
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    const timer = setTimeout(() => latest.current(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <AriaSearchField
      className={classNames('field search', className)}
      value={text}
      onChange={setText}
      onSubmit={(submitted) => tell(submitted.trim())}
      onClear={() => tell('')}
      autoFocus={autoFocus}
    >
      <FieldLabel label={label} hide />
      <div className="input-group">
        <Icon name="search" />
        <Input ref={ref} className="input" placeholder={placeholder ?? label} spellCheck="false" autoComplete="off" />
        <Button className="button is-quiet is-small is-icon">
          <Icon name="close" />
        </Button>
      </div>
    </AriaSearchField>
  );
}
