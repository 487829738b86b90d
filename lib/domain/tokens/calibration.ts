import type { Calibration } from "@/lib/contracts/calibration";

/** Before anything was learned. */
export const plainCalibration: Calibration = { factor: 1, reports: 0, window: null };
