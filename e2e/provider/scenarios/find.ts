import type { Scenario } from "../scenario";
import { answerAtPace, answers } from "./answers";
import { bombs } from "./bombs";
import { branches } from "./branches";
import { dialects } from "./dialects";
import { faults } from "./faults";
import { statuses } from "./statuses";
import { summaries } from "./summaries";
import { readWindow } from "../window";

const scenarios = new Map(
  Object.entries({
    ...answers,
    ...branches,
    ...statuses,
    ...dialects,
    ...faults,
    ...bombs,
    ...summaries,
  }),
);

/** The names that `GET /v1/models` lists; `pace-RATE-COUNT` is understood besides them. */
export const modelNames = [...scenarios.keys()];

/**
 * The scenario that a model name stands for, or null for a model that does not exist. `plain~7` is
 * one more model that plays `plain`, `plain@2000` one with a window of 2,000 tokens.
 */
export function findScenario(name: string): Scenario | null {
  const model = readWindow(name).name.replace(/~\d{1,3}$/, "");
  const pace = /^pace-(\d{1,6})-(\d{1,6})$/.exec(model);
  if (pace !== null) return answerAtPace(Number(pace[1]), Number(pace[2]));
  return scenarios.get(model) ?? null;
}
