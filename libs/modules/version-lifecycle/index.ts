export { NoticeSender } from './send-notices/notice-sender.ts';
export { VersionCalendar } from './keep-calendar/version-calendar.ts';
export { VersionLifecycleModule } from './version-lifecycle.module.ts';
export { FirstVersion } from './webhook-version/first-version.ts';
