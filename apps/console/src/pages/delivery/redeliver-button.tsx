import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { api } from '../../api/client.ts';
import { lacking, useCan, useSession } from '../../api/session.ts';
import type { DeliveryView } from '../../api/types.ts';
import { webhookQuery } from '../../api/webhooks.ts';
import { keys } from '../../live/keys.ts';
import { announce, Button, IconButton, toastError } from '../../ui/index.ts';
import { reasonNotToRedeliver } from './redeliverable.ts';

type Props = {
  readonly delivery: DeliveryView;
  /** Of the page: what is read again. */
  readonly workspaceId: string;
  /** In a row there is room for the icon alone. */
  readonly isSmall?: boolean;
};

/** Sends one delivery again. That it was accepted is only said; whether it is delivered shows in its state. */
export function RedeliverButton({ delivery, workspaceId, isSmall = false }: Props): JSX.Element {
  const client = useQueryClient();
  const session = useSession();
  const can = useCan();
  const { data: webhook } = useQuery({
    ...webhookQuery(workspaceId, delivery.webhookId),
    enabled: delivery.workspaceId === workspaceId,
  });
  const redeliver = useMutation({
    mutationFn: () => api.POST('/deliveries/{id}/redeliver', { params: { path: { id: delivery.id } } }),
    onSuccess: () => announce('Accepted: it is sent again.'),
    onError: (error) => toastError(error, 'It could not be sent again'),
    onSettled: () => client.invalidateQueries({ queryKey: keys.deliveries(workspaceId) }),
  });
  const disabledReason = can('deliveries:write')
    ? reasonNotToRedeliver(delivery, webhook && webhook.status === 'enabled')
    : lacking(session);
  const common = {
    icon: 'redo',
    disabledReason,
    isPending: redeliver.isPending,
    onPress: () => redeliver.mutate(),
  } as const;
  return isSmall ? (
    <IconButton {...common} size="small" label={`Redeliver ${delivery.eventId}`} tooltip="Redeliver" />
  ) : (
    <Button {...common} size="small">
      Redeliver
    </Button>
  );
}
