import { parseArgs } from "node:util";

export type Options = {
  /** Rows of the table of goals to measure; null means all. */
  rows: ReadonlySet<number> | null;
  /** Fewer turns and smaller steps: for a look, not for a comparison. */
  isQuick: boolean;
  /** Where the server writes its CPU profiles; null for none. */
  profileDir: string | null;
};

/** What is asked for on the command line. @throws Error with a sentence. */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      rows: { type: "string" },
      quick: { type: "boolean", default: false },
      profile: { type: "string" },
    },
  });
  return {
    rows: values.rows === undefined ? null : readRows(values.rows),
    isQuick: values.quick,
    profileDir: values.profile ?? null,
  };
}

function readRows(text: string): Set<number> {
  const numbers = text.split(",").map((item) => Number(item.trim()));
  if (!numbers.every((number) => Number.isInteger(number) && number > 0)) {
    throw new Error(`--rows takes numbers of rows, such as --rows 1,4,8, and not "${text}".`);
  }
  return new Set(numbers);
}
