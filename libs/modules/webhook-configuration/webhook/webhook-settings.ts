import { invalid, type Sealed } from '../../../platform/kernel/index.ts';
import { defaultDelivery, type DeliverySettings } from './delivery-settings.ts';
import type { Dialect, WebhookSettings } from './webhook.events.ts';

export type Settings = WebhookSettings & { readonly delivery: DeliverySettings };

/** Always the same fields in the same order, which is what `isSame` relies on. */
export function settingsOf(of: WebhookSettings): Settings {
  const { name, description, applyToAllDescendants, url, secret, headers, triggers } = of;
  return { name, description, applyToAllDescendants, url, secret, headers, triggers, delivery: inFull(of.delivery) };
}

/** Always in the order of the defaults. */
export const inFull = (delivery: DeliverySettings | undefined): DeliverySettings => ({
  ...defaultDelivery,
  ...delivery,
});

export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Null, or none, stands for the stored one. */
export function secretKept(
  wanted: Sealed | null | undefined,
  stored: { readonly dialect: Dialect; readonly secret: Sealed | null },
): Sealed | null {
  if (stored.dialect === 'location' && typeof wanted === 'string') {
    throw invalid('secret', 'cannot be given: its alerts are signed with the secret of its location');
  }
  return wanted ?? stored.secret;
}

/** Null stands for the stored value of that name, whatever its case. */
export function headersKept(
  wanted: Readonly<Record<string, Sealed | null>>,
  stored: Readonly<Record<string, Sealed>>,
): Record<string, Sealed> {
  const byName = new Map(Object.entries(stored).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    Object.entries(wanted).map(([name, value]) => {
      const kept = value ?? byName.get(name.toLowerCase());
      if (kept === undefined) throw invalid(`headers.${name}`, 'is masked, and no value is stored for it');
      return [name, kept];
    }),
  );
}
