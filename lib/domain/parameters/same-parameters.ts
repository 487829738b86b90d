import type { Parameters } from "@/lib/contracts/parameters";

/** Whether two sets ask for the same; none and an empty one do, and order within is no matter. */
export function isSameParameters(one: Parameters | null, other: Parameters | null): boolean {
  return toText(one ?? {}) === toText(other ?? {});
}

function toText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
