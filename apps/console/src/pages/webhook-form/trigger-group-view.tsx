import { useId, useState, type JSX } from 'react';
import type { TriggerView } from '../../api/types.ts';
import { Checkbox, Code, Disclosure, PlainText, VisuallyHidden } from '../../ui/index.ts';
import { number } from '../../words/numbers.ts';
import type { TriggerGroup } from './trigger-groups.ts';

type Props = {
  readonly group: TriggerGroup;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (types: readonly string[], isChosen: boolean) => void;
  /** What was found is shown, whatever was closed before. */
  readonly isFiltered: boolean;
  readonly beginsOpen: boolean;
};

/** Rows are made once their group is opened: a catalog may have hundreds. */
export function TriggerGroupView({ group, chosen, onChoose, isFiltered, beginsOpen }: Props): JSX.Element {
  const [isOpened, setOpened] = useState(beginsOpen);
  const isOpen = isFiltered || isOpened;
  const types = group.triggers.map(({ type }) => type);
  const chosenHere = types.filter((type) => chosen.has(type)).length;
  return (
    <div className="trigger-group">
      <Disclosure
        level={4}
        isOpen={isOpen}
        onOpenChange={setOpened}
        title={
          <>
            <PlainText text={group.label} />
            <span className="muted small">
              {chosenHere === 0 ? number(types.length) : `${number(chosenHere)} of ${number(types.length)}`}
            </span>
          </>
        }
        after={
          <Checkbox
            className="push"
            aria-label={`All of ${group.label}`}
            isSelected={chosenHere === types.length}
            isIndeterminate={chosenHere > 0 && chosenHere < types.length}
            onChange={(isChosen) => onChoose(types, isChosen)}
          />
        }
      >
        {isOpen && (
          <ul className="trigger-list" aria-label={group.label}>
            {group.triggers.map((trigger) => (
              <TriggerItem
                key={trigger.type}
                trigger={trigger}
                isChosen={chosen.has(trigger.type)}
                onChoose={onChoose}
              />
            ))}
          </ul>
        )}
      </Disclosure>
    </div>
  );
}

type ItemProps = { readonly trigger: TriggerView; readonly isChosen: boolean } & Pick<Props, 'onChoose'>;

function TriggerItem({ trigger, isChosen, onChoose }: ItemProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const told = useId();
  return (
    <li className="trigger-item">
      <div className="stack trigger-text">
        <Checkbox
          value={trigger.type}
          isSelected={isChosen}
          aria-describedby={told}
          onChange={(chooses) => onChoose([trigger.type], chooses)}
        >
          <PlainText text={trigger.label} />
        </Checkbox>
        <p id={told} className="field-description below-choice">
          <PlainText text={trigger.description} /> <code className="trigger-type">{trigger.type}</code>
        </p>
      </div>
      <div className="trigger-example">
        <Disclosure
          level={4}
          isOpen={isOpen}
          onOpenChange={setOpen}
          title={
            <span className="small">
              Example<VisuallyHidden> of {trigger.label}</VisuallyHidden>
            </span>
          }
        >
          {isOpen && <Code label={`Data of ${trigger.label}`} text={JSON.stringify(trigger.example, null, 2)} />}
        </Disclosure>
      </div>
    </li>
  );
}
