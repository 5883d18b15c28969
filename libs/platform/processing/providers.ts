import { Inject, type Provider } from '@nestjs/common';
import type { DomainEvent, Projection, Saga } from '../kernel/index.ts';
import { Projections } from './projections.ts';
import { Sagas } from './sagas.ts';

type AnyProjection = Pick<Projection, 'name'>;
const storedToken = (projection: AnyProjection) => `documents:${projection.name}`;
const residentToken = (projection: AnyProjection) => `resident:${projection.name}`;

/** The stored documents of a projection: `Collection<Doc>`. */
export const InjectDocuments = (projection: AnyProjection): ParameterDecorator => Inject(storedToken(projection));
/** The documents of a projection in memory: `ResidentDocuments<Doc>`. */
export const InjectResident = (projection: AnyProjection): ParameterDecorator => Inject(residentToken(projection));

/** Registers a projection with the module that owns it, and makes its documents injectable. */
export function projects<Doc extends object, Event extends DomainEvent>(projection: Projection<Doc, Event>): Provider {
  return {
    provide: storedToken(projection),
    inject: [Projections],
    useFactory: (projections: Projections) => projections.add(projection),
  };
}

export function keepsResident<Doc extends object, Event extends DomainEvent>(
  projection: Projection<Doc, Event>,
): Provider {
  return {
    provide: residentToken(projection),
    inject: [Projections],
    useFactory: (projections: Projections) => projections.resident(projection),
  };
}

export function runsSaga<Event extends DomainEvent, Doc extends object>(saga: Saga<Event, Doc>): Provider {
  return {
    provide: `saga:${saga.name}`,
    inject: [Sagas],
    useFactory: (sagas: Sagas) => {
      sagas.add(saga);
      return saga;
    },
  };
}
