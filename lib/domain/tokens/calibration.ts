import type { Calibration } from "@/lib/contracts/calibration";

/** Before anything was learned. */
export const plainCalibration: Calibration = {
  reports: 0,
  window: null,
  weights: [],
  seen: [],
  tokens: [],
  margin: 0,
};
