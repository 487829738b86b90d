import { limits } from "@/lib/contracts/limits";

const numbered = /^(.*)( \((\d{1,4})\))$/su;

/** What a conversation is called that goes on from another: the same, with the next number. */
export function makeSuccessorTitle(title: string): string {
  const [, base = title, , number = "1"] = numbered.exec(title) ?? [];
  const suffix = ` (${String(Number(number) + 1)})`;
  const room = limits.titleCharacters - suffix.length;
  return (base.length <= room ? base : base.slice(0, room).toWellFormed().trimEnd()) + suffix;
}

/**
 * A title in two: what may be cut off where room is short, and the number that tells it apart from
 * the conversation that it goes on from; that is empty where it has none.
 */
export function splitTitle(title: string): { base: string; number: string } {
  const [, base = title, number = ""] = numbered.exec(title) ?? [];
  return base === "" ? { base: title, number: "" } : { base, number };
}
