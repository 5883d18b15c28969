import { ofCoworker, record, type Entries } from './record.ts';

const booked = { ResourceId: 5901, ResourceName: 'Meeting room 1' };
const times = { FromTime: '2026-11-09T10:00:00Z', ToTime: '2026-11-09T11:30:00Z' };
const booking = record(5101, { ...ofCoworker, ...booked, ...times });
const floorPlan = record(5201, { Name: 'First floor', FloorLevel: 1, Area: 480 });
const desk = record(5301, { Name: 'Desk 12', FloorPlanId: 5201, FloorPlanName: 'First floor', Available: true });
const location = record(5401, { Name: 'Harbour House', CountryName: 'United Kingdom', TimeZone: 'Europe/London' });

export const spaces = {
  BookingCreate: ['Booking created', 'A room or another resource was booked.', booking],
  BookingUpdate: [
    'Booking updated',
    'A booking changed, for instance because it was moved to another time.',
    { ...booking, ToTime: '2026-11-09T12:00:00Z' },
  ],
  BookingDelete: ['Booking deleted', 'A booking was removed, which frees what was booked.', booking],
  FloorPlanCreate: ['Floor plan created', 'A location has a new floor plan.', floorPlan],
  FloorPlanUpdate: ['Floor plan updated', 'A floor plan changed, for instance its name.', floorPlan],
  FloorPlanDelete: ['Floor plan deleted', 'A floor plan was removed from its location.', floorPlan],
  FloorPlanDeskCreate: ['Desk created', 'A desk or an office was put on a floor plan.', desk],
  FloorPlanDeskUpdate: [
    'Desk updated',
    'A desk or an office on a floor plan changed, for instance because somebody has it now.',
    { ...desk, ...ofCoworker, Available: false },
  ],
  FloorPlanDeskDelete: ['Desk deleted', 'A desk or an office was taken off its floor plan.', desk],
  BusinessUpdate: ['Location updated', 'Details of a location changed, such as its name or its address.', location],
} as const satisfies Entries;
