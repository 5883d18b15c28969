import { useId, type JSX } from 'react';
import { Checkbox, Icon } from '../../ui/index.ts';
import { scopeGroups } from './scopes.ts';

type Props = {
  /** Those that can be handed out. */
  readonly scopes: readonly string[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  readonly error: string | undefined;
};

/** What a client may do, in words. */
export function ScopeChoices({ scopes, chosen, onChange, error }: Props): JSX.Element {
  const errorId = useId();
  const toggle = (scope: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(scope);
    else next.delete(scope);
    onChange(next);
  };
  return (
    <fieldset className="scope-choices stack gap-4" aria-describedby={error === undefined ? undefined : errorId}>
      <legend className="field-label">
        What it may do
        <span className="required" aria-hidden="true" />
      </legend>
      {error !== undefined && (
        <p className="field-error" id={errorId}>
          <Icon name="alert" />
          <span>{error}</span>
        </p>
      )}
      {scopeGroups(scopes).map((group) => (
        <div key={group.title} role="group" aria-label={group.title} className="stack gap-1">
          <span className="small strong" aria-hidden="true">
            {group.title}
          </span>
          {group.scopes.map(({ scope, words }) => (
            <Checkbox
              key={scope}
              isSelected={chosen.has(scope)}
              onChange={(isChosen) => toggle(scope, isChosen)}
              isInvalid={error !== undefined}
            >
              {words} <code className="muted scope-name">{scope}</code>
            </Checkbox>
          ))}
        </div>
      ))}
    </fieldset>
  );
}
