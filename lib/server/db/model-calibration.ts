import "server-only";
import { calibrationSchema, type Calibration } from "@/lib/contracts/calibration";
import type { SystemActor } from "@/lib/domain/actor";
import { plainCalibration } from "@/lib/domain/tokens/calibration";
import { db } from "./client";

/**
 * Changes what is stored of a model's tokenizer. Several instances may learn at the same time: each
 * adds to what is there, and nobody's reports are lost.
 *
 * @returns what is stored then; null when the model is gone.
 */
export async function changeCalibration(
  _actor: SystemActor,
  modelId: string,
  change: (stored: Calibration) => Calibration,
): Promise<Calibration | null> {
  return db().$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ calibration: unknown }[]>`
      SELECT calibration FROM models WHERE id = ${modelId} FOR UPDATE`;
    if (row === undefined) return null;
    const stored = calibrationSchema.catch(plainCalibration).parse(row.calibration);
    const changed = change(stored);
    if (changed !== stored)
      await tx.$executeRaw`
        UPDATE models SET calibration = ${JSON.stringify(changed)}::jsonb WHERE id = ${modelId}`;
    return changed;
  });
}
