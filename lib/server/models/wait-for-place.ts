import "server-only";
import { AppError } from "@/lib/domain/errors/app-error";
import type { ModelEvent } from "./model-call";
import type { Place } from "./provider-places";

/** A line that moves on sooner than this is not worth a word. */
const untoldMs = 1_000;
const longestMs = 30_000;

/**
 * Waits for a place at a provider; says so when that takes more than a moment.
 *
 * @param limitMs what is left of the time until the first token
 * @throws AppError `provider_busy` when none comes free in time; the signal's reason when it is
 * aborted meanwhile. The place is for the caller to release in any case.
 */
export async function* waitForPlace(
  place: Place,
  { limitMs, of, signal }: { limitMs: number; of: number; signal: AbortSignal },
): AsyncGenerator<ModelEvent, void, undefined> {
  if (place.isGranted()) return;
  const mostMs = Math.min(longestMs, limitMs);
  if (await isGrantedWithin(place, Math.min(untoldMs, mostMs), signal)) return;
  yield {
    type: "waiting",
    retry: { attempt: 1, of, waitMs: 0, errorCode: "provider_busy" },
  };
  if (await isGrantedWithin(place, mostMs - untoldMs, signal)) return;
  throw new AppError("provider_busy");
}

async function isGrantedWithin(place: Place, ms: number, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  const over = Promise.withResolvers<undefined>();
  const end = () => {
    over.resolve(undefined);
  };
  const timer = setTimeout(end, Math.max(0, ms));
  signal.addEventListener("abort", end, { once: true });
  try {
    await Promise.race([place.granted, over.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
  signal.throwIfAborted();
  return place.isGranted();
}
