import { number } from '../words/numbers.ts';

/** As it is counted: of more than 10,000 that there are more. */
export type Held = { readonly count: number; readonly atLeast: boolean };

/** "17 held events", "more than 10,000 held events". */
export const heldEvents = ({ count, atLeast }: Held): string =>
  `${atLeast ? 'more than ' : ''}${number(count)} held ${count === 1 ? 'event' : 'events'}`;
