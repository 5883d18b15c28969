import type { WebhookView } from '../../../api/types.ts';
import { count, number } from '../../../words/numbers.ts';
import { duration } from '../../../words/times.ts';

export type DeliverySettings = WebhookView['delivery'];
type Fact = { readonly term: string; readonly text: string };

/** The delivery settings as sentences. */
export function deliveryInWords(settings: DeliverySettings): readonly Fact[] {
  return [
    { term: 'Order', text: order(settings) },
    { term: 'Pace', text: pace(settings) },
    { term: 'Attempts', text: attempts(settings.schedule) },
    { term: 'When every attempt has failed', text: afterwards(settings) },
  ];
}

const order = ({ strictOrder, concurrency }: DeliverySettings): string => {
  if (strictOrder)
    return 'Strict: one alert at a time, in the order of the events. One that fails holds up the others.';
  return concurrency === 1
    ? 'Any: one alert under way at a time.'
    : `Any: up to ${number(concurrency)} alerts under way at once.`;
};

function pace({ ratePerSecond, burst, strictOrder }: DeliverySettings): string {
  if (ratePerSecond === null) return 'As fast as the receiver answers.';
  const limit =
    ratePerSecond >= 1
      ? `At most ${count(ratePerSecond, ['alert', 'alerts'])} a second`
      : `At most one alert each ${duration(1_000 / ratePerSecond)}`;
  return strictOrder || burst === 1 ? `${limit}.` : `${limit}; up to ${number(burst)} at once after a quiet time.`;
}

function attempts(schedule: DeliverySettings['schedule']): string {
  if (schedule === null) return 'As many, and as far apart, as this installation makes them.';
  const [, ...waits] = schedule;
  if (waits.length === 0) return 'One, at once.';
  const words = waits.map((seconds) => duration(seconds * 1_000));
  const last = words.pop();
  const list = words.length === 0 ? last : `${words.join(', ')} and ${last}`;
  return `${number(schedule.length)}: at once, then ${list} after the one before.`;
}

const afterwards = ({ onExhausted, strictOrder }: DeliverySettings): string => {
  if (onExhausted === 'disable') return 'The webhook is disabled, and later events are held.';
  return strictOrder
    ? 'The webhook goes on with the next event, and this one is missing.'
    : 'The webhook goes on. What failed can be delivered again.';
};
