import type { Calibration } from "@/lib/contracts/calibration";
import type { countSureties, TokenCounts } from "@/lib/contracts/context";
import { plainCalibration } from "./calibration";
import { countText } from "./count-text";
import { expectWeights } from "./expected-weights";
import { callFeature, featureCount, makeTextWeigher, messageFeature } from "./features";
import { findEncoding } from "./find-encoding";
import { leastMargin } from "./learn-report";
import { guessOwnCounts } from "./own-counts";

/** Measures text in a model's own tokens, or as close as is known, and then rather too high. */
export type Ruler = {
  surety: (typeof countSureties)[number];
  /** Tokens around each message. */
  perMessage: number;
  /** Tokens of a call beside its messages. */
  perCall: number;
  /** Tokens of a text that was counted before. */
  measure: (counts: TokenCounts) => number;
  /** Counts a text that was not, such as a shortened one. */
  count: (text: string) => TokenCounts;
};

/** No tokenizer that is in use gives so few for one of ours. */
const leastTimes = 0.2;
/** Reports after which an estimate is called learned. */
const someReports = 3;

/** The ruler of a model, by its name at the provider and what was learned about it. */
export function makeRuler(modelName: string, calibration: Calibration = plainCalibration): Ruler {
  const encoding = findEncoding(modelName);
  const expected = expectWeights(modelName);
  const { reports, margin } = calibration;
  const isKnown = calibration.weights.length === featureCount;
  const times = isKnown ? 1 + margin + (encoding === null ? leastMargin : 0) : 1;
  const weights = (isKnown ? calibration.weights : expected.map(({ weight }) => weight)).map(
    (weight) => weight * times,
  );
  const least = encoding === null ? leastTimes : times;
  const weighText = makeTextWeigher(weights);
  return {
    surety: encoding === null ? (reports >= someReports ? "learned" : "estimated") : "exact",
    perMessage: Math.ceil(Math.max(1, weights[messageFeature] ?? 0)),
    perCall: Math.ceil(Math.max(0, weights[callFeature] ?? 0)),
    measure: (counts) => {
      const own = guessOwnCounts(counts, encoding);
      return Math.ceil(Math.max(weighText(own), own.o200k * least));
    },
    count: (text) => countText(text, encoding === "cl100k"),
  };
}
