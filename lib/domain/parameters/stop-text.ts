const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", "\\": "\\" };
const shown: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

/** Longest of one stop sequence, and how many there may be: as in lib/contracts/parameters.ts. */
export const stopLimits = { characters: 100, count: 4 } as const;

/** A stop sequence as it was typed: `\n`, `\r`, `\t` and `\\` stand for what cannot be typed. */
export function readStop(text: string): string {
  return text.replace(/\\([nrt\\])/g, (all, letter: string) => escapes[letter] ?? all);
}

/** A stop sequence as it can be typed again. */
export function showStop(stop: string): string {
  return stop.replace(/[\n\r\t\\]/g, (character) => shown[character] ?? character);
}

/** What typing adds to a list: unchanged for nothing, for what is there already, or when full. */
export function addStop(stops: readonly string[], text: string): readonly string[] {
  const stop = readStop(text).slice(0, stopLimits.characters);
  const isNew = stop !== "" && !stops.includes(stop) && stops.length < stopLimits.count;
  return isNew ? [...stops, stop] : stops;
}
