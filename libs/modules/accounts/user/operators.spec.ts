import { describe, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { LetOperatorGo, operators, type OperatorLetGo } from './operators.decider.ts';
import { userIdOf } from './resident-users.ts';
import { by } from './testing/people.ts';

const [ada, bob] = ['ada@one.example', 'bob@one.example'].map((email) => ({ userId: userIdOf(email), term: 1 })) as [
  { userId: string; term: number },
  { userId: string; term: number },
];
const gone = (data: typeof ada): OperatorLetGo => ({ type: 'OperatorLetGo', data });
const letGo = (one: typeof ada, others: readonly (typeof ada)[]) =>
  new LetOperatorGo({ ...one, others: [...others] }, by());
const { given, when } = specify(operators);

describe('an operator', () => {
  it('may go while there is another', () => when(letGo(ada, [bob])).then([gone(ada)]));

  it('stays who is the last', () => when(letGo(ada, [])).thenRefused('conflict', /last operator/));

  it('stays when the other one was let go meanwhile', () =>
    given([gone(ada)])
      .when(letGo(bob, [ada]))
      .thenRefused('conflict'));

  it('who was let go may be asked for again', () =>
    given([gone(ada)])
      .when(letGo(ada, []))
      .thenNothing());

  it('counts again in another term', () =>
    given([gone(ada)])
      .when(letGo(bob, [{ ...ada, term: 2 }]))
      .then([gone(bob)]));
});
