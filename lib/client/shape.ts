/** Checks what a server sent; zod's schemas are such checks too. */
export type Check<Value> = {
  safeParse: (
    value: unknown,
  ) => { success: true; data: Value } | { success: false; error: unknown };
};

type Kind = "string" | "text or null" | "list" | "yes or no";

const kinds: Record<Kind, (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  "text or null": (value) => typeof value === "string" || value === null,
  list: (value) => Array.isArray(value),
  "yes or no": (value) => typeof value === "boolean",
};

/**
 * A check of what makes an answer of our own server usable, and no more: with the schemas of the
 * contracts would come their library, a sixth of the chat's scripts.
 */
export function shape<Value extends object>(
  fields: Readonly<Partial<Record<keyof Value & string, Kind>>>,
): Check<Value> {
  return {
    safeParse: (value) => {
      if (typeof value !== "object" || value === null) {
        return { success: false, error: new TypeError("not an object") };
      }
      const record = value as Record<string, unknown>;
      const wrong = Object.entries<Kind | undefined>(fields).find(
        ([name, kind]) => kind !== undefined && !kinds[kind](record[name]),
      );
      return wrong === undefined
        ? { success: true, data: value as Value }
        : { success: false, error: new TypeError(`"${wrong[0]}" is not a ${String(wrong[1])}`) };
    },
  };
}
