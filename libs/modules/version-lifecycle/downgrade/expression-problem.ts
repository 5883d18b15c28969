import jsonata from 'jsonata';

const LONGEST = 10_000;

/** All attempts of a delivery carry the same body, so nothing may depend on when, or how often, it is made. */
export const UNREPEATABLE: readonly string[] = ['now', 'millis', 'random', 'shuffle', 'eval'];

/** Why this cannot be a downgrade. */
export function expressionProblem(expression: string): string | undefined {
  if (expression.length > LONGEST) return `is longer than ${LONGEST} characters`;
  try {
    const used = variablesIn(jsonata(expression).ast());
    const unrepeatable = UNREPEATABLE.find((name) => used.has(name));
    return unrepeatable && `uses $${unrepeatable}, which may give another result each time`;
  } catch (error) {
    return errorText(error);
  }
}

/** An error as JSONata throws it: often a plain object, with the place in the expression. */
export function errorText(error: unknown): string {
  const { message, position } = error as { message?: unknown; position?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : 'is no expression';
  return typeof position === 'number' ? `${text} (at character ${position})` : text;
}

/** Without recursion: the tree may be deeper than the stack. */
function variablesIn(ast: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<unknown>();
  const open: unknown[] = [ast];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const { type, value } = node as { type?: unknown; value?: unknown };
    if (type === 'variable' && typeof value === 'string') names.add(value);
    open.push(...(Object.values(node) as unknown[]).filter((child) => child !== undefined));
  }
  return names;
}
