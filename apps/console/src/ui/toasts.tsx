import type { JSX } from 'react';
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastList as ToastList,
  UNSTABLE_ToastRegion as ToastRegion,
  UNSTABLE_ToastQueue as ToastQueue,
  type QueuedToast,
} from 'react-aria-components/Toast';
import { Text } from 'react-aria-components/Text';
import { problemInWords } from '../words/problem-in-words.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon } from './icons.tsx';

type ToastAction = { readonly label: string; readonly onPress: () => void };
export type ToastText = {
  readonly title: string;
  readonly detail?: string;
  readonly tone: 'ok' | 'info' | 'bad';
  readonly action?: ToastAction;
};

const SHOWN_MS = 8_000;
const queue = new ToastQueue<ToastText>({ maxVisibleToasts: 4 });

/** What succeeded or happened; goes by itself, later while it is looked at. Returns how to take it away. */
export function toast(title: string, more: Omit<Partial<ToastText>, 'title'> = {}): () => void {
  const key = queue.add({ tone: 'ok', ...more, title }, { timeout: SHOWN_MS });
  return () => queue.close(key);
}

/** What failed stays until it is dismissed. */
export function toastError(error: unknown, title?: string): void {
  const { headline, detail, traceId } = problemInWords(error);
  queue.add({
    tone: 'bad',
    title: title ?? headline,
    detail: traceId === null ? detail : `${detail} Trace id ${traceId}.`,
  });
}

/** Once, at the end of the page. F6 goes to it. */
export function Toasts(): JSX.Element {
  return (
    <ToastRegion queue={queue} className="toast-region" aria-label="Messages">
      <ToastList className="toast-list">
        {({ toast: shown }: { toast: QueuedToast<ToastText> }) => {
          const { title, detail, tone, action } = shown.content;
          return (
            <AriaToast toast={shown} className={classNames('toast', `is-${tone}`)}>
              <Icon name={tone === 'ok' ? 'checkCircle' : tone === 'bad' ? 'alert' : 'info'} />
              <ToastContent className="toast-text">
                <Text slot="title" className="strong">
                  {title}
                </Text>
                {detail !== undefined && (
                  <Text slot="description" className="small">
                    {detail}
                  </Text>
                )}
                {action && (
                  <Button
                    size="small"
                    onPress={() => {
                      action.onPress();
                      queue.close(shown.key);
                    }}
                  >
                    {action.label}
                  </Button>
                )}
              </ToastContent>
              <Button slot="close" kind="quiet" size="small" icon="close" className="is-icon" aria-label="Dismiss" />
            </AriaToast>
          );
        }}
      </ToastList>
    </ToastRegion>
  );
}
