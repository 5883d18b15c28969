import type { AnyCommand, DomainEvent, Projection, Saga } from '../../kernel/index.ts';

type Priced = DomainEvent<'Priced', { price: number }>;
type Ordered = DomainEvent<'Ordered', { order: string }>;
export type Event = Priced | Ordered;
export type Price = { readonly price: number };

export const priced = (price: number): Event => ({ type: 'Priced', data: { price } });
export const ordered = (order: string): Event => ({ type: 'Ordered', data: { order } });

export const prices: Projection<Price, Event> = {
  name: 'charge',
  version: 1,
  categories: ['shop'],
  fields: [],
  keys: (event) => (event.type === 'Priced' ? ['price'] : []),
  fold: (document, event) => (event.type === 'Priced' ? { price: event.data.price } : document),
};
/** Charges what is ordered at the price there is. */
export const saga = (changes: Partial<Saga<Event, Price>> = {}): Saga<Event, Price> => ({
  name: 'charge',
  categories: ['shop'],
  documents: prices,
  react: (event, documents) => {
    if (event.type !== 'Ordered') return [];
    const data = { order: event.data.order, price: documents.get('price')?.price };
    return [{ type: 'Charge', data, metadata: { ...event.metadata, actor: 'saga:charge' } }];
  },
  ...changes,
});

/** Keeps what it is asked to do; `work` is how that goes. */
export class Bus {
  readonly asked: unknown[] = [];
  work: (data: unknown) => Promise<void> = async () => undefined;

  execute<R>(command: unknown): Promise<R> {
    const { data } = command as AnyCommand;
    this.asked.push(data);
    return this.work(data) as Promise<R>;
  }
}
