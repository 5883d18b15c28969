import { useEffect, useRef, useState, type JSX } from 'react';
import { Button, CopyButton, ErrorPanel, PlainText } from '../../../ui/index.ts';

type Props = {
  /** What it is, in the middle of a sentence: "the secret". */
  readonly name: string;
  /** Asked when it is to be shown, so that what is shown is what counts now. */
  readonly read: () => Promise<string>;
  readonly disabledReason: string | undefined;
};

const SHOWN_MS = 30_000;

/** A value that others may look at over a shoulder: masked, and shown for half a minute when it is asked for. */
export function MaskedValue({ name, read, disabledReason }: Props): JSX.Element {
  const [value, setValue] = useState<string>();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const hide = (): void => {
    clearTimeout(timer.current);
    setValue(undefined);
  };
  const show = async (): Promise<void> => {
    setPending(true);
    setError(undefined);
    try {
      setValue(await read());
      timer.current = setTimeout(hide, SHOWN_MS);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <span className="stack gap-2">
      <span className="row">
        <code className="masked">{value === undefined ? '••••••••' : <PlainText text={value} />}</code>
        {value === undefined ? (
          <Button
            size="small"
            icon="eye"
            onPress={() => void show()}
            isPending={isPending}
            aria-label={`Show ${name}`}
            disabledReason={disabledReason}
          >
            Show
          </Button>
        ) : (
          <>
            <CopyButton text={value} label={`Copy ${name}`} />
            <Button size="small" icon="eyeOff" onPress={hide} aria-label={`Hide ${name}`}>
              Hide
            </Button>
            <span className="small muted">Masked again after 30 s.</span>
          </>
        )}
      </span>
      {error !== undefined && <ErrorPanel error={error} title={`The API did not show ${name}`} />}
    </span>
  );
}
