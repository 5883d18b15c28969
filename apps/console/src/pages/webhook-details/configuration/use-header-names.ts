import { useQuery } from '@tanstack/react-query';
import type { WebhookView } from '../../../api/types.ts';
import { headerNames } from '../verify/header-names.ts';
import { newestAlertQuery } from '../verify/newest-alert.ts';
import type { HeaderNames } from '../verify/sample.ts';

/** As they are in the newest alert of the webhook, the usual ones until it is read. */
export function useHeaderNames(workspaceId: string, { id, dialect }: WebhookView): HeaderNames {
  const { data } = useQuery({ ...newestAlertQuery(workspaceId, id), meta: { isAside: true } });
  return headerNames(data?.headers ?? {}, dialect);
}
