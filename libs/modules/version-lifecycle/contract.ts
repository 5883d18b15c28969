export type * from './notice/notice.events.ts';
export type * from './notification/notification.events.ts';
export {
  CannotDowngrade,
  PAYLOAD_VERSIONS,
  type Downgrade,
  type DowngradeFault,
  type PayloadVersions,
} from './webhook-version/payload-versions.ts';
export type * from './webhook-version/webhook-version.events.ts';
