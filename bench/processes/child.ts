import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What a child answers to, by name. */
export type Handlers = Record<string, (input: never) => unknown>;
type Request = { readonly id: number; readonly name: string; readonly input: unknown };
type Answer = { readonly id: number; readonly output?: unknown; readonly error?: string };

/** The child's side. It ends with its parent, however that ends. */
export function serve(handlers: Handlers): void {
  const handle = async ({ name, input }: Request): Promise<unknown> => handlers[name]?.(input as never);
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C reaches the whole group: the parent decides when a child ends.
  process.on('SIGINT', () => undefined);
  process.on('message', (request: Request) => {
    handle(request).then(
      (output) => process.send?.({ id: request.id, output } satisfies Answer),
      (error: unknown) => process.send?.({ id: request.id, error: String(error) } satisfies Answer),
    );
  });
}

type Input<H extends Handlers, Name extends keyof H> = Parameters<H[Name]>;
type Output<H extends Handlers, Name extends keyof H> = Promise<Awaited<ReturnType<H[Name]>>>;

/** The parent's side: a Node process that does one thing, asked over IPC. */
export class Child<H extends Handlers> {
  readonly #waiting = new Map<number, { resolve: (output: never) => void; reject: (error: Error) => void }>();
  #asked = 0;

  private constructor(
    readonly process: ChildProcess,
    file: string,
  ) {
    process.on('message', ({ id, output, error }: Answer) => {
      const waiter = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiter?.resolve(output as never);
      else waiter?.reject(new Error(error));
    });
    process.on('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${file} ended with ${signal ?? code}.`));
      this.#waiting.clear();
    });
  }

  static start<H extends Handlers>(file: string): Child<H> {
    return new Child<H>(fork(file, { serialization: 'advanced' }), file);
  }

  call<Name extends keyof H & string>(name: Name, ...[input]: Input<H, Name>): Output<H, Name> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.process.send({ id, name, input } satisfies Request);
    });
  }

  async end(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exit = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exit;
  }
}
