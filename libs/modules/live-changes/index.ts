export { LiveChangesModule } from './live-changes.module.ts';
