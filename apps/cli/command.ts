export type Environment = Readonly<Record<string, string | undefined>>;

/** One line at a time, without its line break. */
export type Output = {
  readonly say: (line: string) => void;
  /** What went wrong; it goes to standard error. */
  readonly complain: (line: string) => void;
};

export const DONE = 0;
export const FAILED = 1;
export const WRONG_USAGE = 2;

export type Command = {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows `carillon <command>`, such as `<address> [--dry-run]`. */
  readonly usage: string;
  /**
   * Resolves with the exit code.
   * @throws {WrongUsage} as do the errors of `parseArgs`: the usage is shown with the message.
   * @throws {InvalidConfiguration} of which the message alone is shown.
   */
  readonly run: (args: readonly string[], env: Environment, out: Output) => Promise<number>;
};

export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}
