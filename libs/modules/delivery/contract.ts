export type * from './delivery/delivery.events.ts';
export type * from './parked-event/parked-event.events.ts';
export type * from './platform-event/platform-event.events.ts';
export { deliveryIdOf, ID_SCHEME } from './delivery/delivery-id.ts';
export { publishExample } from './publish-events/publish-example.ts';
export { LOCATION_SIGNATURE } from './render-alert/location-signature.ts';
