export { CannotDowngrade, downgradeFaults, type DowngradeFault } from './downgrade/cannot-downgrade.ts';
export type * from './notice/notice.events.ts';
export type * from './notification/notification.events.ts';
export { PAYLOAD_VERSIONS, type Downgrade, type PayloadVersions } from './webhook-version/payload-versions.ts';
export type * from './webhook-version/webhook-version.events.ts';
