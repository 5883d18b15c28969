export { answerLocationError, locationErrorForm } from './envelope/failure.ts';
export { LocationApiModule } from './location-api.module.ts';
