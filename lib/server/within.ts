import "server-only";

/** A value that took longer than it may. What comes later is ignored. */
export class TookTooLongError extends Error {
  override name = "TookTooLongError";
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
