import { ofCoworker, record, type Entries } from './record.ts';

const FROM = '2026-11-02T08:55:00Z';
const checkin = record(6101, { ...ofCoworker, FromTime: FROM, ToTime: null });
const ended = { ...checkin, ToTime: '2026-11-02T17:10:00Z' };
const failed = record(6201, { ...ofCoworker, AttemptedOn: FROM, Reason: 'No pass is left.' });
const visitor = record(6301, {
  FullName: 'Grace Stone',
  Email: 'grace@company2.example',
  ExpectedArrival: '2026-11-02T09:00:00Z',
  Arrived: false,
});
const post = record(6401, { Name: 'Parcel', Location: 'Shelf 3', Collected: false });
const request = record(6501, { ...ofCoworker, Subject: 'The heating is off', Closed: false });
const comment = record(6601, {
  HelpDeskMessageId: 6501,
  Body: 'Somebody is on the way.',
  CreatedBy: 'desk@house.example',
});

export const frontDesk = {
  CoworkerCheckin: ['Coworker checked in', 'A coworker came to a location.', checkin],
  CoworkerCheckout: ['Coworker checked out', 'A coworker left a location.', ended],
  CoworkerCheckinFailed: ['Coworker not let in', 'A coworker wanted to check in and could not.', failed],
  CheckinCreated: ['Check-in created', 'A new check-in is on record.', checkin],
  CheckinUpdated: ['Check-in updated', 'A check-in changed, for instance because it has ended.', ended],
  CheckinDeleted: ['Check-in deleted', 'A check-in was removed.', ended],
  FailedCheckin: ['Check-in failed', 'Somebody was not checked in, and the reason is on record.', failed],
  VisitorRegistered: ['Visitor registered', 'A visitor is expected and was put on the list.', visitor],
  VisitorCheckedin: ['Visitor checked in', 'A visitor has come.', { ...visitor, Arrived: true }],
  VisitorNotification: ['Visitor announced', 'A host was told of a visitor.', { ...visitor, Arrived: true }],
  VisitorDeleted: ['Visitor deleted', 'A visitor was taken off the list.', visitor],
  DeliveryCreated: ['Post arrived', 'A letter or a parcel arrived at a location.', post],
  DeliveryAssigned: ['Post assigned', 'It is known whom a letter or a parcel is for.', { ...post, ...ofCoworker }],
  HelDeskMessageCreated: ['Help desk message created', 'Somebody asked the help desk for something.', request],
  HelpDeskCommentCreated: ['Help desk comment created', 'A message at the help desk was commented on.', comment],
} as const satisfies Entries;
