import { useEffect, useState } from 'react';
import { api, read } from '../api/client.ts';
import { number } from '../words/numbers.ts';

const LOOK_EVERY_MS = 60_000;

/**
 * "2 failed": attempts of these webhooks since the tab was hidden, for its title; undefined while it is seen. A hidden tab has no stream,
 * so it looks now and then. Numbers are those of a day that moves on: there may have been more.
 */
export function useFailuresWhileHidden(webhookIds: readonly string[]): string | undefined {
  const [failed, setFailed] = useState(0);
  const webhooks = webhookIds.join(',');
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const look = async (): Promise<ReadonlyMap<string, number>> => {
      const { items } = await read(api.GET('/webhook-statistics/latest', { params: { query: { webhooks } } }));
      return new Map(items.map((item) => [item.webhookId, item.failed]));
    };
    const onVisibility = (): void => {
      clearInterval(timer);
      setFailed(0);
      if (document.visibilityState === 'visible' || webhooks === '') return;
      let before: ReadonlyMap<string, number> | undefined;
      const compare = async (): Promise<void> => {
        const now = await look();
        const then = (before ??= now);
        setFailed([...now].reduce((sum, [id, count]) => sum + Math.max(0, count - (then.get(id) ?? 0)), 0));
      };
      // What cannot be read now is read in a minute.
      const tryTo = (): void => void compare().catch(() => undefined);
      tryTo();
      timer = setInterval(tryTo, LOOK_EVERY_MS);
    };
    document.addEventListener('visibilitychange', onVisibility);
    onVisibility();
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      clearInterval(timer);
    };
  }, [webhooks]);
  return failed === 0 ? undefined : `${number(failed)} failed`;
}
