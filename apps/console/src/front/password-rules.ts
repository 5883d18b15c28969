export const SHORTEST_PASSWORD = 12;

/** What is wrong with a new password before the server is asked, or undefined. */
export function passwordProblem(password: string): string | undefined {
  if ([...password].length < SHORTEST_PASSWORD) return `Use at least ${SHORTEST_PASSWORD} characters.`;
  return undefined;
}

export function repeatProblem(password: string, again: string): string | undefined {
  return password === again ? undefined : 'The two do not match.';
}
