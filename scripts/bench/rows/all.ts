import type { Bench } from "../bench";
import type { Line } from "../table";
import { measurePlan } from "./context";
import { measureLongHistories, measureOpening } from "./history";
import { measureHolds } from "./holds";
import { measureMemory } from "./memory";
import { measureRoundTrips } from "./round-trips";
import { measureLongPage, measureReading, measureScripts } from "./screen";
import { measureStart } from "./start";
import { measureFairness, measureFlood, measureKnee, measurePaced } from "./streams";
import { measureTurns } from "./turn";

export type Measurement = {
  name: string;
  /** Numbers of the rows that it fills. */
  rows: readonly number[];
  measure: (bench: Bench) => Promise<Line[]>;
};

/** In the order in which they disturb each other least: the light ones first. */
export const measurements: readonly Measurement[] = [
  { name: "short turns", rows: [1, 2], measure: measureTurns },
  { name: "round trips to the database", rows: [7], measure: measureRoundTrips },
  { name: "long histories", rows: [8], measure: measureLongHistories },
  { name: "opening a conversation", rows: [9], measure: measureOpening },
  { name: "scripts", rows: [12], measure: measureScripts },
  { name: "a long conversation in the browser", rows: [10], measure: measureLongPage },
  { name: "long answers in the browser", rows: [11], measure: measureReading },
  { name: "the context plan", rows: [15], measure: measurePlan },
  { name: "holds", rows: [16], measure: measureHolds },
  { name: "twenty readers", rows: [4], measure: measurePaced },
  { name: "more and more readers", rows: [5], measure: measureKnee },
  { name: "starts", rows: [13], measure: measureStart },
  { name: "held streams", rows: [6], measure: measureMemory },
  { name: "floods", rows: [3], measure: measureFlood },
  { name: "a ninth beside floods", rows: [14], measure: measureFairness },
];
