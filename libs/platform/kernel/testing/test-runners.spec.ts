import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { command, conflict, type Decider, type DomainEvent, type Projection, type Saga } from '../index.ts';
import { specify } from './decider-spec.ts';
import { projecting } from './projection-spec.ts';
import { record } from './recorded.ts';
import { reacting } from './saga-spec.ts';

type Placed = DomainEvent<'Placed', { order: string; customer: string }>;
type Known = DomainEvent<'Known', { customer: string }>;
type Event = Placed | Known;
type Doc = { orders: number };

const placed = (order: string, customer = 'ada'): Event => ({ type: 'Placed', data: { order, customer } });
const known = (customer: string): Event => ({ type: 'Known', data: { customer } });
const history = (...events: Event[]) => record(events, ({ data }) => `order-${'order' in data ? data.order : 'none'}`);

class Place extends command('Place', z.object({ order: z.string() })) {}
const place = (order: string) => new Place({ order }, { at: 0, actor: 'client:tester', traceId: 'trace' });

const order: Decider<number, Place, Event> = {
  category: 'order',
  initialState: () => 0,
  evolve: (count) => count + 1,
  decide: ({ data }, count) => {
    if (count > 1) throw conflict('Enough is enough.');
    return count === 1 ? [] : [placed(data.order)];
  },
};

describe('a rule of a decider', () => {
  it('holds when it says what the decider does', () => {
    specify(order)
      .when(place('1'))
      .then([placed('1')]);
    specify(order)
      .given([placed('1')])
      .when(place('1'))
      .thenNothing();
    specify(order)
      .given([placed('1'), placed('2')])
      .when(place('3'))
      .thenRefused('conflict', /enough/i);
  });

  it.each<[string, () => void]>([
    [
      'other events',
      () =>
        specify(order)
          .when(place('1'))
          .then([placed('2')]),
    ],
    ['fewer events', () => specify(order).when(place('1')).then([])],
    ['nothing', () => specify(order).when(place('1')).thenNothing()],
    ['a refusal', () => specify(order).when(place('1')).thenRefused('conflict')],
    [
      'events where it refuses',
      () =>
        specify(order)
          .given([placed('1'), placed('2')])
          .when(place('3'))
          .then([placed('3')]),
    ],
    [
      'another kind of refusal',
      () =>
        specify(order)
          .given([placed('1'), placed('2')])
          .when(place('3'))
          .thenRefused('invalid'),
    ],
    [
      'another reason',
      () =>
        specify(order)
          .given([placed('1'), placed('2')])
          .when(place('3'))
          .thenRefused('conflict', /too few/),
    ],
  ])('fails when it expects %s', (_, rule) => expect(rule).toThrow());
});

const orders = (changes: Partial<Projection<Doc, Event>> = {}): Projection<Doc, Event> => ({
  name: 'orders',
  version: 1,
  categories: ['order'],
  fields: [],
  keys: (event) => (event.type === 'Placed' ? [event.data.customer] : []),
  fold: (document) => ({ orders: (document?.orders ?? 0) + 1 }),
  ...changes,
});

describe('a projection', () => {
  it('that counts each event once passes', () => {
    projecting(orders(), history(placed('1'), placed('2'))).then({ ada: { orders: 2 } });
  });

  it('whose documents are others than expected fails', () => {
    expect(() => projecting(orders(), history(placed('1'))).then({ ada: { orders: 2 } })).toThrow();
    expect(() => projecting(orders(), history(placed('1'))).then({ bob: {} })).toThrow();
  });

  it('that counts an event again when history is replayed fails', () => {
    const doubling = orders({
      keys: (event) => [event.data.customer, 'total'],
      // Ignored at first, since its customer is not known; counted the second time.
      fold: (document, event, key, documents) => {
        if (event.type === 'Known') return key === 'total' ? undefined : { orders: 0 };
        return key === 'total' && documents.get(event.data.customer)
          ? { orders: (document?.orders ?? 0) + 1 }
          : undefined;
      },
    });
    expect(() => projecting(doubling, history(placed('1'), known('ada'))).then({})).toThrow();
  });

  it('that changes a document in place fails', () => {
    const mutating = orders({
      fold: (document = { orders: 0 }) => {
        document.orders++;
        return document;
      },
    });
    expect(() => projecting(mutating, history(placed('1'), placed('2'))).then({})).toThrow(TypeError);
  });

  it('that keeps what a store does not give back fails', () => {
    const keeping = orders({ fold: () => ({ orders: 1, seen: new Set(['1']) }) as Doc });
    expect(() => projecting(keeping, history(placed('1'))).then({ ada: { seen: new Set(['1']) } })).toThrow();
  });
});

describe('a rule of a saga', () => {
  const greet: Saga<Event, Doc> = {
    name: 'greet',
    categories: ['order'],
    documents: orders(),
    react: (event, documents) =>
      event.type === 'Placed' && documents.get(event.data.customer)?.orders === 2 ? [place('gift')] : [],
  };

  it('sees the documents as of the event, the event included', () => {
    const [first, second] = history(placed('1'), placed('2'));
    if (!first || !second) throw new Error('There are two.');
    reacting(greet).when(first).thenNothing();
    reacting(greet)
      .given([first])
      .when(second)
      .then([{ type: 'Place', data: { order: 'gift' } }]);
    expect(() => reacting(greet).given([first]).when(second).thenNothing()).toThrow();
    expect(() =>
      reacting(greet)
        .when(first)
        .then([{ type: 'Place', data: {} }]),
    ).toThrow();
  });
});
