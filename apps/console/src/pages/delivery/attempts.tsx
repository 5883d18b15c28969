import type { JSX } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import type { AttemptView, DeliveryView } from '../../api/types.ts';
import { Icon, Time, useNow, VisuallyHidden } from '../../ui/index.ts';
import { failureInWords } from '../../words/failures.ts';
import { countdown, localTime, took } from '../../words/times.ts';

type Props = {
  readonly delivery: DeliveryView;
  readonly shown: AttemptView;
  readonly onShow: (attempt: number) => void;
};

export const attemptInWords = (attempt: AttemptView): string =>
  attempt.errorClass === null ? `answered ${attempt.statusCode ?? '2xx'}` : failureInWords(attempt).short;

/** Every attempt in its order; arrows choose the one that is shown below. */
export function Attempts({ delivery, shown, onShow }: Props): JSX.Element {
  const now = useNow();
  const rounds = new Set(delivery.attempts.map(({ round }) => round)).size;
  const items = delivery.attempts.map((attempt) => ({ ...attempt, id: attempt.attempt }));
  return (
    <div className="attempts">
      <ListBox
        aria-label="Attempts"
        items={items}
        className="attempt-list"
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={[shown.attempt]}
        onSelectionChange={(chosen) => {
          const [first] = chosen;
          if (typeof first === 'number') onShow(first);
        }}
        dependencies={[now > 0, rounds]}
      >
        {(attempt) => {
          const at = localTime(Date.parse(attempt.startedAt), now);
          const isGood = attempt.errorClass === null;
          const words = attemptInWords(attempt);
          return (
            <ListBoxItem
              className={isGood ? 'attempt is-ok' : 'attempt is-bad'}
              textValue={`Attempt ${attempt.attempt}, ${at}, ${words}, ${took(attempt.durationMs)}`}
              data-testid="attempt"
              data-state={isGood ? 'succeeded' : 'failed'}
            >
              <Icon name={isGood ? 'checkCircle' : 'crossCircle'} />
              <span className="attempt-number">
                <VisuallyHidden>Attempt </VisuallyHidden>
                {attempt.attempt}
              </span>
              <span className="attempt-time">{at}</span>
              <span className="grow">
                {words}
                {rounds > 1 && <span className="muted"> · round {attempt.round}</span>}
              </span>
              <span className="number">{took(attempt.durationMs)}</span>
            </ListBoxItem>
          );
        }}
      </ListBox>
      <NextAttempt delivery={delivery} />
    </div>
  );
}

/** Counts down to the attempt that comes. */
export function NextAttempt({ delivery }: { delivery: DeliveryView }): JSX.Element | null {
  const now = useNow();
  if (delivery.status !== 'pending' || delivery.nextAttemptAt === null) return null;
  const wait = Date.parse(delivery.nextAttemptAt) - now;
  return (
    <p className="attempt is-next" data-testid="next-attempt">
      <Icon name="clock" />
      <span className="attempt-number">{delivery.attempts.length + 1}</span>
      <span className="grow">{wait > 0 ? `Next attempt in ${countdown(wait)}` : 'Next attempt: now'}</span>
      {wait > 0 && <Time at={delivery.nextAttemptAt} as="local" />}
    </p>
  );
}
