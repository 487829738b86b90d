import { emptyCard } from "@/lib/contracts/cards";
import type { Dialect } from "./dialect-form";

/**
 * Whatever speaks chat completions: nothing is known of it, so everything that was asked for goes
 * along. The other dialects say what is different.
 */
export const generic: Dialect = {
  kind: "openai-compatible",
  card: emptyCard,
  makeChatUrl: ({ baseUrl }) => `${baseUrl}/chat/completions`,
  makeModelsUrl: ({ baseUrl }) => `${baseUrl}/models`,
  makeHeaders: (key): Record<string, string> =>
    key === null ? {} : { authorization: `Bearer ${key}` },
  ranges: {},
  mostStops: 4,
  wantsWordJson: false,
  writeEffort: (effort) => ({ fields: { reasoning_effort: effort }, isExact: true }),
  fixedWhileThinking: [],
  thinksUnasked: () => true,
};
