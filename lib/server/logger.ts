import "server-only";
import { pino } from "pino";
import { env } from "./env";
import { singleton } from "./singleton";

/**
 * JSON lines on standard output. Log ids, codes, counts and durations; never message text,
 * provider bodies, keys or cookies. Errors are reduced to name, code and stack without message,
 * since messages of providers and drivers quote what they were given.
 */
export const logger = () =>
  singleton("logger", () =>
    pino({
      level: env().LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: describeError },
    }),
  );

/** What of an error may be logged: its kind and place, never its message. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, code, cause } = error as Error & { code?: unknown };
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name,
    ...(code === undefined ? {} : { code }),
    stack: frames?.slice(0, 12).map((line) => line.trim()),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
