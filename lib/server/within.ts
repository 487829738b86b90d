import "server-only";

const brand = Symbol.for("parley.took-too-long-error");

/** A value that took longer than it may. What comes later is ignored. */
export class TookTooLongError extends Error {
  /** The gate's policy throws that of its own copy of this module; see AppError. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && brand in value;
  }

  override name = "TookTooLongError";
  readonly [brand] = true;
}

/** @throws TookTooLongError when `value` has not come after `limitMs`. */
export async function within<Value>(value: Promise<Value>, limitMs: number): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new TookTooLongError(`no answer within ${String(limitMs)} ms`));
  }, limitMs);
  try {
    return await Promise.race([value, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
