import type { JSX } from 'react';
import type { AttemptView, DeliveryView } from '../../api/types.ts';
import { BodyView, Time } from '../../ui/index.ts';
import { failureInWords } from '../../words/failures.ts';
import { duration, took } from '../../words/times.ts';

/** What the receiver said to one attempt. */
export function ResponsePart({
  attempt,
  deliveryId,
}: {
  attempt: AttemptView | undefined;
  deliveryId: string;
}): JSX.Element {
  if (attempt === undefined) return <p className="muted">There is no response: nothing has been sent yet.</p>;
  if (attempt.statusCode === null) {
    const { happened, advice } = failureInWords(attempt);
    return (
      <div className="stack gap-1">
        <p>There was no answer after {took(attempt.durationMs)}.</p>
        <p>{happened}</p>
        <p className="muted">{advice}</p>
      </div>
    );
  }
  return (
    <div className="stack gap-3">
      <dl className="facts">
        <div>
          <dt>Status</dt>
          <dd className="strong">{attempt.statusCode}</dd>
        </div>
        <div>
          <dt>Duration</dt>
          <dd>{took(attempt.durationMs)}</dd>
        </div>
      </dl>
      {attempt.errorClass !== null && <p>{failureInWords(attempt).happened}</p>}
      <BodyView
        body={attempt.answer ?? ''}
        label="Response body"
        fileName={`delivery-${deliveryId}-response-${attempt.attempt}.txt`}
      />
      {(attempt.answer ?? '') !== '' && (
        <p className="small muted">Of an answer the first 8 KB are kept, without its headers.</p>
      )}
    </div>
  );
}

/** Where the time went. */
export function TimingPart({
  delivery,
  attempt,
}: {
  delivery: DeliveryView;
  attempt: AttemptView | undefined;
}): JSX.Element {
  const before = attempt && delivery.attempts.filter((other) => other.attempt < attempt.attempt).at(-1);
  const waitedFrom = before?.endedAt ?? delivery.createdAt;
  return (
    <dl className="facts is-rows">
      <div>
        <dt>Delivery created</dt>
        <dd>
          <Time at={delivery.createdAt} as="both" />
        </dd>
      </div>
      {attempt && (
        <>
          <div>
            <dt>{before ? `Waited after attempt ${before.attempt}` : 'Waited before the attempt'}</dt>
            <dd>{waited(Date.parse(attempt.startedAt) - Date.parse(waitedFrom))}</dd>
          </div>
          <div>
            <dt>Attempt started</dt>
            <dd>
              <Time at={attempt.startedAt} as="both" />
            </dd>
          </div>
          <div>
            <dt>Attempt ended</dt>
            <dd>
              <Time at={attempt.endedAt} as="both" />
            </dd>
          </div>
          <div>
            <dt>Connecting, sending and the whole answer</dt>
            <dd>{took(attempt.durationMs)}</dd>
          </div>
        </>
      )}
      {delivery.nextAttemptAt !== null && (
        <div>
          <dt>Next attempt</dt>
          <dd>
            <Time at={delivery.nextAttemptAt} as="both" />
          </dd>
        </div>
      )}
    </dl>
  );
}

const waited = (ms: number): string => (ms < 60_000 ? took(Math.max(0, ms)) : duration(ms));
