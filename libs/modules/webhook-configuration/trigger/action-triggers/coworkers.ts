import { ofCoworker, record, type Entries } from './record.ts';

const { CoworkerId, CoworkerFullName } = ofCoworker;

const coworker = record(CoworkerId, { FullName: CoworkerFullName, Email: 'ada@company1.example', Active: true });
const message = record(2201, { ...ofCoworker, Subject: 'Your keys', Body: 'They are ready at the front desk.' });
const team = record(2301, { Name: 'Company 1', TeamMemberIds: [2101, 2102], MaxTeamMemberCount: 10 });
const paymentMethod = record(2401, { ...ofCoworker, Type: 'Card', LastDigits: '4242', ExpiresOn: '2028-12-31' });
const access = record(2501, { ...ofCoworker, CardNumber: '0045120', DoorGroup: 'Main entrance' });

export const coworkers = {
  CoworkerCreate: ['Coworker created', 'A location has a new coworker.', coworker],
  CoworkerUpdate: ['Coworker updated', 'Details of a coworker changed, such as the name or the address.', coworker],
  CoworkerDelete: ['Coworker deleted', 'A coworker was removed from a location.', { ...coworker, Active: false }],
  SendWelcomeEmail: ['Welcome mail sent', 'A coworker was welcomed by mail.', coworker],
  CoworkerMessageCreate: ['Coworker message created', 'There is a new message in the talk with a coworker.', message],
  TeamCreated: ['Team created', 'Coworkers were brought together in a new team.', team],
  TeamUpdated: ['Team updated', 'A team changed its name, its size or its members.', team],
  TeamDeleted: ['Team deleted', 'A team was removed, and its members are on their own again.', team],
  CoworkerPaymentMethodCreate: ['Payment method created', 'A coworker has another way to pay.', paymentMethod],
  CoworkerPaymentMethodUpdate: [
    'Payment method updated',
    'A way in which a coworker pays changed, for instance because a card was renewed.',
    { ...paymentMethod, LastDigits: '1881', ExpiresOn: '2031-12-31' },
  ],
  CoworkerPaymentMethodDelete: ['Payment method deleted', 'A coworker has one way to pay less.', paymentMethod],
  AccessControlUpdate: ['Access control updated', 'Which doors open to whom was changed.', access],
} as const satisfies Entries;
