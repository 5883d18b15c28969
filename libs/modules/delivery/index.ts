export { DeliveryModule } from './delivery.module.ts';
export { Ingestion } from './ingest-events/ingestion.ts';
export { Backlogs, type Backlog } from './list-lanes/backlogs.ts';
export { OUTBOUND, type Outbound } from './send-attempts/ports.ts';
export { RedeliveryJobs } from './redelivery/redelivery-jobs.ts';
export { Sender } from './send-attempts/sender.ts';
