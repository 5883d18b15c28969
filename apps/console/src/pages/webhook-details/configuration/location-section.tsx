import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type JSX } from 'react';
import { api, read } from '../../../api/client.ts';
import { useCan } from '../../../api/session.ts';
import type { WebhookView } from '../../../api/types.ts';
import { workspaceQuery } from '../../../api/workspaces.ts';
import { keys } from '../../../live/keys.ts';
import { Button, serverNow } from '../../../ui/index.ts';
import { LOCATION_SIGNATURE } from '../verify/header-names.ts';
import { newestAlertQuery } from '../verify/newest-alert.ts';
import { Fact, Section } from './fact.tsx';
import { MaskedValue } from './masked-value.tsx';
import { OverlapBanner } from './overlap-banner.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { locationRotation } from './rotations.ts';

type Props = { readonly webhook: WebhookView; readonly workspaceId: string };

/** A webhook of the location dialect has no secret: that of its location signs, for all of them. */
export function LocationSection({ webhook, workspaceId }: Props): JSX.Element {
  const client = useQueryClient();
  const mayWrite = useCan()('workspaces:write');
  const [isRotating, setRotating] = useState(false);
  const rotation = useMemo(() => locationRotation(workspaceId), [workspaceId]);
  const { data: own } = useQuery({ ...workspaceQuery(workspaceId), meta: { isAside: true } });
  const until = useQuery({
    queryKey: [...keys.workspace(workspaceId), 'location-secret-until'],
    queryFn: async ({ signal }) =>
      (await read(api.GET('/workspaces/{id}/secret', { params: { path: { id: workspaceId } }, signal }))).previousUntil,
    enabled: mayWrite,
    meta: { isAside: true },
  });
  const previousUntil = until.data ? Date.parse(until.data) : null;
  const readAgain = (): void => {
    void until.refetch();
    void client.invalidateQueries({ queryKey: newestAlertQuery(workspaceId, webhook.id).queryKey });
  };
  return (
    <Section
      title="Authentication"
      actions={
        mayWrite && (
          <Button size="small" icon="redo" onPress={() => setRotating(true)}>
            Rotate the location’s secret…
          </Button>
        )
      }
    >
      <OverlapBanner until={previousUntil} single={LOCATION_SIGNATURE} />
      <p>
        This webhook has no secret of its own. The secret of its location signs its alerts, and those of every other
        webhook that was made in the location API.{' '}
        {!mayWrite &&
          'It is seen and rotated by those who may change workspaces: operators, and API clients with workspaces:write.'}
      </p>
      {mayWrite && (
        <dl className="facts is-rows">
          <Fact term="Secret of the location">
            <MaskedValue
              key={until.dataUpdatedAt}
              name="the location’s secret"
              read={async () => (await rotation.read()).secret}
              disabledReason={undefined}
            />
          </Fact>
        </dl>
      )}
      {isRotating && (
        <RotateDialog
          workspaceId={workspaceId}
          name={own?.displayName || workspaceId}
          rotation={rotation}
          single={LOCATION_SIGNATURE}
          isOverlapping={(previousUntil ?? 0) > serverNow()}
          onRotated={readAgain}
          onClose={() => setRotating(false)}
        />
      )}
    </Section>
  );
}
