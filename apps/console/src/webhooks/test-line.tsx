import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type JSX } from 'react';
import { ApiProblem } from '../api/problem.ts';
import { deliveryQuery } from '../api/deliveries.ts';
import type { DeliveryView } from '../api/types.ts';
import { announce, Icon, IconButton, Link } from '../ui/index.ts';
import { failureInWords } from '../words/failures.ts';
import { took } from '../words/times.ts';
import './test-line.css';
import { forgetTest, useFollowedTest } from './test-runs.ts';

type Props = { readonly webhookId: string; readonly workspaceId: string };

/** How the test that was asked for goes: "Test: sending…", then "Test: answered 200 in 96 ms". Nothing where none was. */
export function TestLine({ webhookId, workspaceId }: Props): JSX.Element | null {
  const deliveryId = useFollowedTest(webhookId);
  return deliveryId === undefined ? null : (
    <Line key={deliveryId} webhookId={webhookId} workspaceId={workspaceId} deliveryId={deliveryId} />
  );
}

const isUnderWay = (delivery: DeliveryView | undefined): boolean =>
  delivery === undefined || delivery.status === 'pending';

function Line({ webhookId, workspaceId, deliveryId }: Props & { deliveryId: string }): JSX.Element {
  const query = useQuery({
    ...deliveryQuery(workspaceId, deliveryId),
    meta: { isAside: true },
    // It is accepted before it can be found.
    retry: (failures, error) => failures < 10 && error instanceof ApiProblem && error.status === 404,
    retryDelay: 300,
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? 1_000 : false),
  });
  const { text, state } = testInWords(query.data, query.isError);
  const said = useRef(false);
  useEffect(() => {
    if (state === 'sending' || said.current) return;
    said.current = true;
    announce(text);
  }, [text, state]);
  return (
    <span className="test-line row is-nowrap gap-1 small" data-testid="test-line" data-state={state}>
      {state === 'sending' ? (
        <span className="spinner" aria-hidden="true" />
      ) : (
        <Icon name={state === 'delivered' ? 'checkCircle' : 'crossCircle'} />
      )}
      <span>
        {text}{' '}
        {state !== 'sending' && (
          <Link to="/w/$workspaceId/deliveries/$deliveryId" params={{ workspaceId, deliveryId }}>
            View
          </Link>
        )}
      </span>
      <IconButton
        icon="close"
        size="small"
        label="Dismiss the test"
        tooltip={false}
        onPress={() => forgetTest(webhookId)}
      />
    </span>
  );
}

type TestWords = { readonly text: string; readonly state: 'sending' | 'delivered' | 'failed' };

function testInWords(delivery: DeliveryView | undefined, isLost: boolean): TestWords {
  const last = delivery?.attempts.at(-1);
  if (delivery === undefined && isLost) return { text: 'Test: it cannot be found', state: 'failed' };
  if (delivery === undefined || (delivery.status === 'pending' && last === undefined))
    return { text: 'Test: sending…', state: 'sending' };
  if (last === undefined) return { text: 'Test: it could not be sent', state: 'failed' };
  if (last.errorClass === null)
    return { text: `Test: answered ${last.statusCode ?? '2xx'} in ${took(last.durationMs)}`, state: 'delivered' };
  return { text: `Test: ${failureInWords(last).short}, after ${took(last.durationMs)}`, state: 'failed' };
}
