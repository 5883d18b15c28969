import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { useDismissal, useSession } from '../../api/session.ts';
import { Button, Checkbox, Dialog, PlainText, toastError } from '../../ui/index.ts';
import { count } from '../../words/numbers.ts';
import { clockTime, DAY, longDate } from '../../words/times.ts';
import { dismissalOf, type EndingVersion } from './last-week.ts';

const NAMED = 5;
/** Put off until the page is loaded anew. */
const putOff = new Set<string>();

type Props = { readonly ending: EndingVersion; readonly workspaceId: string };

/** Comes up on entering Connectors in the last week of a version, until whoever looks says that they have read it. */
export function LastWeekPopUp({ ending, workspaceId }: Props): JSX.Element | null {
  const { user } = useSession();
  const key = dismissalOf(ending, workspaceId);
  const { isDismissed, dismiss } = useDismissal(key);
  const [isPutOff, setPutOff] = useState(putOff.has(key));
  const [isRead, setRead] = useState(false);
  const navigate = useNavigate();
  if (isDismissed || isPutOff) return null;

  const close = (): void => {
    putOff.add(key);
    setPutOff(true);
    if (isRead) dismiss().catch((error: unknown) => toastError(error, 'It could not be noted that you have read this'));
  };
  const review = (): void => {
    close();
    const [first] = ending.webhooks;
    if (!first) return;
    const only = ending.webhooks.length === 1 ? { open: first.id, tab: 'draft' as const } : {};
    void navigate({ to: '/w/$workspaceId/webhooks', params: { workspaceId }, search: { state: 'expiring', ...only } });
  };
  const disabledAt = ending.expiresAt + DAY;
  const named = ending.webhooks.slice(0, NAMED);
  const more = ending.webhooks.length - named.length;
  return (
    <Dialog
      isOpen
      onClose={close}
      title={`Version ${ending.version} ends on ${longDate(ending.expiresAt)}`}
      footer={
        <>
          <Button onPress={close}>{isRead ? 'Close' : 'Remind me next time'}</Button>
          <Button kind="primary" onPress={review}>
            {ending.webhooks.every(({ hasDraft }) => hasDraft) ? 'Review drafts' : 'Review webhooks'}
          </Button>
        </>
      }
    >
      <p>
        {count(ending.webhooks.length, ['webhook', 'webhooks'])} of this workspace still{' '}
        {ending.webhooks.length === 1 ? 'uses' : 'use'} it:{' '}
        {named.map(({ id, name }, index) => (
          <span key={id}>
            {index > 0 && ', '}
            <strong>
              <PlainText text={name || id} />
            </strong>
          </span>
        ))}
        {more > 0 && ` and ${more} more`}. They stop receiving alerts 24 hours after that date, on{' '}
        {longDate(disabledAt)} at {clockTime(disabledAt)} (your time).
      </p>
      <p>A draft on a newer version can be compared with the live webhook, tested, and published when it is right.</p>
      {user && (
        <Checkbox isSelected={isRead} onChange={setRead}>
          I have read this; do not show it again for this version
        </Checkbox>
      )}
    </Dialog>
  );
}
