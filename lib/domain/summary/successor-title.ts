import { limits } from "@/lib/contracts/limits";

/** What a conversation is called that goes on from another: the same, with the next number. */
export function makeSuccessorTitle(title: string): string {
  const [, base = title, number = "1"] = /^(.*) \((\d{1,4})\)$/su.exec(title) ?? [];
  const suffix = ` (${String(Number(number) + 1)})`;
  const room = limits.titleCharacters - suffix.length;
  return (base.length <= room ? base : base.slice(0, room).toWellFormed().trimEnd()) + suffix;
}
