import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
import { Caller, FromPath, Route, type Principal } from '../../../platform/http/index.ts';
import { conflict, notFound, type Clock } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { CannotDowngrade } from '../../version-lifecycle/contract.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import { FindDeliveries } from '../list-deliveries/find-deliveries.ts';
import { AlertBodies, EventMissing } from '../send-attempts/alert-bodies.ts';
import { OpenedSecrets } from '../send-attempts/opened-secrets.ts';
import { preparedAlert, type PreparedAlert } from '../send-attempts/prepared-alert.ts';
import { alertExample, alertView, alertViewOf } from './alert-view.ts';

@ApiTags('Deliveries')
@Controller('deliveries')
export class ViewAlertController {
  constructor(
    private readonly deliveries: FindDeliveries,
    private readonly bodies: AlertBodies,
    private readonly secrets: OpenedSecrets,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':id/alert')
  @Route({
    summary: 'View the alert of a delivery as it is sent',
    description:
      'The request that an attempt made now would send: to the URL, with the headers and the secret of now, and with the body that every attempt has. Timestamp and signatures are therefore those of no attempt that was made. Configured header values are masked. Signatures are masked, too, unless the caller has the scope `webhooks:write`: whoever has them can send the alert in our name. 409 when the alert cannot be made in its version, or the data of its event can no longer be read.',
    scope: 'deliveries:read',
    success: { status: 200, schema: alertView, example: alertExample },
    errors: [404, 409],
  })
  async view(@FromPath('id') id: string, @Caller() caller: Principal): Promise<z.infer<typeof alertView>> {
    const document = await this.deliveries.one(id, caller.reaches);
    const lane = document && this.deliveries.laneOf(document);
    if (!document || !lane) throw notFound('The delivery');
    const alert = await this.#prepared(document, lane);
    // As for an attempt: the second in the headers is the machine's.
    const unixSecond = Math.floor(Date.now() / 1_000);
    const headers = alert.headersAt(this.clock.now(), unixSecond);
    const { headerPrefix } = this.config;
    return alertViewOf(alert, headers, { unixSecond, headerPrefix, maySign: caller.scopes.has('webhooks:write') });
  }

  async #prepared(delivery: DeliveryDocument, lane: Lane): Promise<PreparedAlert> {
    const { bodies, secrets, clock, config } = this;
    try {
      return await preparedAlert(delivery, lane, { bodies, secrets, clock, config });
    } catch (error) {
      if (error instanceof CannotDowngrade)
        throw conflict(`The alert cannot be made in version ${delivery.version}: ${error.message}`);
      if (error instanceof EventMissing) throw conflict('The data of the event can no longer be read.');
      throw error;
    }
  }
}
