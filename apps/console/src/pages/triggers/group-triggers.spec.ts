import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupTriggers, matching } from './group-triggers.ts';

const of = (...types: string[]) => types.map((type) => ({ type }));
const shown = (...types: string[]) =>
  groupTriggers(of(...types)).map(({ title, triggers }) => [title, ...triggers.map(({ type }) => type)]);

describe('the groups of the catalog', () => {
  it('are what triggers are about', () => {
    expect(
      shown('coworker-create', 'coworker-update', 'coworker-invoice-create', 'coworker-invoice-paid', 'booking-create'),
    ).toEqual([
      ['Coworker', 'coworker-create', 'coworker-update'],
      ['Coworker invoice', 'coworker-invoice-create', 'coworker-invoice-paid'],
      ['Others', 'booking-create'],
    ]);
  });

  it('are never named by something that happens', () => {
    expect(shown('invoice-create', 'invoice-create-first', 'invoice-create-again')).toEqual([
      ['Invoice', 'invoice-create', 'invoice-create-first', 'invoice-create-again'],
    ]);
  });

  it('have no group of one', () => {
    expect(shown('user-group-added', 'user-group-removed', 'user-added').map(([title]) => title)).toEqual([
      'User group',
      'Others',
    ]);
  });

  it('have every trigger once, whatever they are called', () => {
    const type = fc
      .array(fc.constantFrom('a', 'b', 'c', 'made'), { minLength: 1, maxLength: 4 })
      .map((words) => words.join('-'));
    fc.assert(
      fc.property(fc.uniqueArray(type), (types) => {
        const grouped = groupTriggers(of(...types)).flatMap(({ triggers }) => triggers.map((trigger) => trigger.type));
        expect(grouped.sort()).toEqual([...types].sort());
      }),
    );
  });
});

describe('a search in the catalog', () => {
  const triggers = [
    {
      type: 'booking-create',
      label: 'Booking made',
      description: 'Somebody booked a room.',
      action: { name: 'BookingCreate' },
    },
    { type: 'team-created', label: 'Team created', description: '' },
  ];

  it.each([
    ['room booked', ['booking-create']],
    ['BOOKINGCREATE', ['booking-create']],
    ['created', ['team-created']],
    ['', ['booking-create', 'team-created']],
    ['room team', []],
  ])('for "%s" finds what has every word', (search, found) => {
    expect(matching(triggers, search).map(({ type }) => type)).toEqual(found);
  });
});
