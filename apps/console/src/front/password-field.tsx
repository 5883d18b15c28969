import { useState, type JSX, type Ref } from 'react';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly description?: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly autoFocus?: boolean;
  readonly name?: string;
  readonly ref?: Ref<HTMLInputElement>;
};

/** A password that can be looked at, with a hint while Caps Lock is on. */
export function PasswordField({ label, ...rest }: Props): JSX.Element {
  const [isShown, setShown] = useState(false);
  const [isCapsOn, setCapsOn] = useState(false);
  return (
    <div onKeyUp={(event) => setCapsOn(event.getModifierState('CapsLock'))} onBlur={() => setCapsOn(false)}>
      <TextField
        {...rest}
        label={label}
        type={isShown ? 'text' : 'password'}
        spellCheck="false"
        isRequired
        hint={
          isCapsOn && (
            <p className="field-description" role="status">
              Caps Lock is on.
            </p>
          )
        }
        after={
          <Button
            kind="quiet"
            size="small"
            icon={isShown ? 'eyeOff' : 'eye'}
            className="is-icon"
            aria-label={isShown ? `Hide ${label.toLowerCase()}` : `Show ${label.toLowerCase()}`}
            onPress={() => setShown(!isShown)}
          />
        }
      />
    </div>
  );
}
