/** An error on its way to another thread. `own` are properties of it, which do not cross with it. */
export type ThreadFailure = { readonly error: unknown; readonly own: object };

export function failureOf(error: unknown): ThreadFailure {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return { error, own: { code, errcode } };
}

export const errorOf = ({ error, own }: ThreadFailure): Error => Object.assign(error as Error, own);
