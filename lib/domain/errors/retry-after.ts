const longestMs = 7 * 24 * 3_600_000;

/**
 * How long a provider asks to wait, in milliseconds: `retry-after-ms`, `retry-after` in seconds or
 * as an HTTP date (RFC 9110 10.2.3), else OpenAI's and Moonshot's words "try again in 1.2s". Null
 * when it does not say, or nothing that can be meant.
 */
export function readRetryAfterMs(
  headers: Readonly<Record<string, string>>,
  words: string,
  nowMs: number,
): number | null {
  const inMs = readNumber(headers["retry-after-ms"]);
  if (inMs !== null) return bound(inMs);
  const header = headers["retry-after"];
  const seconds = readNumber(header);
  if (seconds !== null) return bound(seconds * 1000);
  const dateMs = header === undefined || !/[a-z]/i.test(header) ? Number.NaN : Date.parse(header);
  if (!Number.isNaN(dateMs)) return bound(Math.max(0, dateMs - nowMs));
  return readWordedWait(words);
}

const unitsMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

// "in 1.2s", "in 20ms", "in 6m0s", "after 1 seconds": a number with a unit straight behind the
// words, and nothing vaguer.
function readWordedWait(words: string): number | null {
  const match =
    /(?:try again|retry) (?:in|after) ((?:\d{1,6}(?:\.\d{1,6})?\s?(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h)\b\s?|\d{1,6}(?:\.\d{1,6})?[hms])+)/i.exec(
      words,
    );
  if (match?.[1] === undefined) return null;
  let totalMs = 0;
  for (const [, amount, unit] of match[1].matchAll(/(\d+(?:\.\d+)?)\s?(ms|milli|s|m|h)[a-z]*/gi)) {
    const name = unit?.toLowerCase() === "milli" ? "ms" : (unit?.toLowerCase() ?? "s");
    totalMs += Number(amount) * (unitsMs[name] ?? 1_000);
  }
  return bound(totalMs);
}

function readNumber(value: string | undefined): number | null {
  if (value === undefined || !/^\s*\d{1,12}(?:\.\d+)?\s*$/.test(value)) return null;
  return Number(value);
}

function bound(ms: number): number | null {
  return Number.isFinite(ms) && ms >= 0 ? Math.min(Math.ceil(ms), longestMs) : null;
}
