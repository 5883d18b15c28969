import { ofCoworker, record, type Entries } from './record.ts';

const post = record(7101, { Title: 'Summer party', PublishDate: '2026-11-03T08:00:00Z', Published: true });
const times = { StartDate: '2026-11-12T18:00:00Z', EndDate: '2026-11-12T20:00:00Z' };
const calendarEvent = record(7201, { Name: 'Founders meet', Venue: 'Roof terrace', ...times });
const attendee = record(7301, { CalendarEventId: 7201, FullName: 'Grace Stone', Email: 'grace@company2.example' });
const chatMessage = record(7401, { ...ofCoworker, Body: 'Is anybody up for lunch?' });
const subscriber = record(7501, { FullName: 'Grace Stone', Email: 'grace@company2.example', Subscribed: true });
const thread = record(7601, { ...ofCoworker, Subject: 'A bike to give away', Replies: 0 });
const reply = record(7701, { CommunityThreadId: 7601, ...ofCoworker, Body: 'Is it still there?' });
const group = record(7801, { Name: 'Runners', MemberCount: 14, Private: false });

export const community = {
  BlogPostCreate: ['Blog post created', 'Somebody wrote a new post for the blog.', post],
  BlogPostUpdate: ['Blog post updated', 'A post of the blog was edited.', post],
  BlogPostDelete: ['Blog post deleted', 'A post was removed from the blog.', { ...post, Published: false }],
  CalendarEventCreate: ['Calendar event created', 'Something new is in the calendar of events.', calendarEvent],
  CalendarEventUpdate: ['Calendar event updated', 'An event of the calendar changed, such as its time.', calendarEvent],
  CalendarEventDelete: ['Calendar event deleted', 'An event was removed from the calendar.', calendarEvent],
  CalendarEventAttendeeCreate: ['Attendee created', 'Somebody signed up for an event of the calendar.', attendee],
  CalendarEventAttendeeUpdate: [
    'Attendee updated',
    'Details of an attendee changed, for instance because the person has come.',
    { ...attendee, CheckedIn: true },
  ],
  CalendarEventAttendeeDelete: ['Attendee deleted', 'Somebody no longer attends an event of the calendar.', attendee],
  GlobalChatMessageCreate: ['Chat message created', 'Somebody wrote into the chat that all share.', chatMessage],
  NewsLetterSubscriberCreate: ['Newsletter subscriber created', 'The newsletter has a new reader.', subscriber],
  NewsLetterSubscriberSubscribed: [
    'Newsletter subscribed to',
    'A reader of the newsletter agreed to receive it.',
    subscriber,
  ],
  NewsLetterSubscriberUnSubscribed: [
    'Newsletter unsubscribed from',
    'A reader does not want the newsletter any more.',
    { ...subscriber, Subscribed: false },
  ],
  NewsLetterSubscriberRemovedFromGroup: [
    'Newsletter subscriber removed from a group',
    'A reader of the newsletter was taken out of one of its groups.',
    { ...subscriber, GroupName: 'Events' },
  ],
  CommunityBoardNewThread: ['Thread created', 'Somebody began a thread on the board of the community.', thread],
  CommunityBoardNewReply: ['Reply created', 'A thread on the board of the community was answered.', reply],
  CommunityGroupCreate: ['Community group created', 'The community has a new group.', group],
  CommunityGroupUpdate: ['Community group updated', 'A group of the community changed, such as its name.', group],
  CommunityGroupDelete: ['Community group deleted', 'A group of the community was removed.', group],
} as const satisfies Entries;
