import { parameterNames } from "@/lib/contracts/parameters";
import type { Dialect } from "./dialect-form";
import { generic } from "./generic";

/** The demo model: no server behind it, and nothing to set. */
export const demo: Dialect = {
  ...generic,
  kind: "demo",
  card: {
    capabilities: {
      streaming: "yes",
      usageInStream: "yes",
      tools: "no",
      vision: "no",
      json: "no",
      jsonSchema: "no",
      reasoning: "no",
    },
    parameters: Object.fromEntries(parameterNames.map((name) => [name, "no"])),
    fixed: [],
  },
  makeModelsUrl: () => null,
  makeHeaders: () => ({}),
  writeEffort: () => null,
};
