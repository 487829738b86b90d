import type { Calibration } from "@/lib/contracts/calibration";
import type { countSureties, TokenCounts } from "@/lib/contracts/context";
import { plainCalibration } from "./calibration";
import { countText } from "./count-text";

/** What chat formats add around each message, and before the answer (OpenAI's cookbook: 3 each). */
export const messageOverhead = 4;
export const replyOverhead = 3;

/** Measures text in a model's own tokens, or as close as is known, and then rather too high. */
export type Ruler = {
  surety: (typeof countSureties)[number];
  /** Tokens of a text that was counted before. */
  measure: (counts: TokenCounts) => number;
  /** Counts a text that was not, such as a shortened one. */
  count: (text: string) => TokenCounts;
};

/** The ruler of a model, by its name at the provider and what was learned about it. */
export function makeRuler(modelName: string, calibration: Calibration = plainCalibration): Ruler {
  return {
    surety: calibration.reports > 0 ? "learned" : "estimated",
    measure: ({ o200k }) => Math.ceil(o200k * calibration.factor),
    count: countText,
  };
}
