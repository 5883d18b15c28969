export type Handlers = {
  /** These names are held now. Called before anything may be done with them, and not before an earlier `giveBack` of them is over. */
  readonly gained: (names: readonly string[]) => void;
  /** Nothing new may be begun with these names. They are given back when this resolves, and not before they run out if it rejects. */
  readonly giveBack: (names: readonly string[]) => Promise<void>;
  /** They have run out, or may have: another process may hold them already. Names that are being given back can be among them. */
  readonly lost: (names: readonly string[]) => void;
};

/** Which of some names are this process's to work on. */
export interface Ownership {
  /** Whether other processes work on the same stores. */
  readonly shared: boolean;
  start(names: readonly string[], handlers: Handlers): void;
  /** Gives everything back. Resolves when that is done; it can be started again then. */
  stop(): Promise<void>;
  /** Whether something may be begun with this name: it is held, and not about to be given back. */
  holds(name: string): boolean;
  /**
   * Whether what begins now and takes up to `forMs` ends before anyone else can hold the name. By this machine's monotonic clock, so
   * it is right at once after a process has been paused. True of a name that is being given back, for what is to be finished.
   */
  isSafeFor(name: string, forMs: number): boolean;
}
