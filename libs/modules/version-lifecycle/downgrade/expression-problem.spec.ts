import { describe, expect, it } from '@jest/globals';
import { expressionProblem } from './expression-problem.ts';

describe('an expression', () => {
  it.each(['{"a": b}', '$ ~> |$|{"a": $string(b)}, ["b"]|', '$match(a, /b/i)', '$fromMillis(at)', 'now & "$now()"'])(
    'may be %s',
    (expression) => expect(expressionProblem(expression)).toBeUndefined(),
  );

  it.each([
    ['{"a": ', 'Expected "}" before end of expression (at character 6)'],
    ['{"a" "b"}', 'Expected ":", got "b" (at character 8)'],
    ['"a', 'String literal must be terminated by a matching quote (at character 2)'],
    ['', 'Unexpected end of expression (at character 0)'],
  ])('that does not compile is told where: %s', (expression, problem) =>
    expect(expressionProblem(expression)).toBe(problem),
  );

  it.each([
    ['$now', '$now()'],
    ['$millis', '{"at": {"in": [$millis()]}}'],
    ['$random', 'a[$random() > 0.5]'],
    ['$shuffle', 'a ~> $shuffle'],
    ['$shuffle', '($mix := $shuffle; $mix(a))'],
    ['$eval', '$map(a, $eval)'],
    ['$eval', 'a ^($eval($))'],
    ['$now', 'a.{"at": b ? c : $now("[Y]")}'],
    ['$now', '$ ~> |a|{"at": $now()}|'],
    ['$now', 'function($f) {$f}($now)'],
    ['$random', '$substring("a", ?, 1) ~> $random(?)'],
  ])('cannot use %s, as in %s', (name, expression) => expect(expressionProblem(expression)).toContain(`uses ${name},`));

  it('has at most 10,000 characters', () => {
    expect(expressionProblem('1'.padEnd(10_000))).toBeUndefined();
    expect(expressionProblem('1'.padEnd(10_001))).toContain('10000');
  });

  it.each([
    ['lists', '['.repeat(4_999) + ']'.repeat(4_999)],
    ['a path', `a${'.b'.repeat(4_900)}`],
    ['predicates', `${'a['.repeat(3_000)}1${']'.repeat(3_000)}`],
  ])('that goes very deep, in %s, is answered all the same', (_what, expression) =>
    expect(['undefined', 'string']).toContain(typeof expressionProblem(expression)),
  );
});
