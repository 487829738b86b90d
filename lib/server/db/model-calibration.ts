import "server-only";
import { calibrationSchema, type Calibration } from "@/lib/contracts/calibration";
import type { SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { plainCalibration } from "@/lib/domain/tokens/calibration";
import { db } from "./client";

/** How often it is tried when others change the same row. */
const mostRounds = 8;

/**
 * Changes what is stored of a model's tokenizer. Several instances may learn at the same time: each
 * adds to what is there, and nobody's reports are lost. No transaction is held meanwhile: the row is
 * written only if it still is as it was read, else read once more.
 *
 * @returns what is stored then; null when the model is gone.
 * @throws AppError `conflict` when others were faster each time.
 */
export async function changeCalibration(
  _actor: SystemActor,
  modelId: string,
  change: (stored: Calibration) => Calibration,
): Promise<Calibration | null> {
  for (let round = 0; round < mostRounds; round += 1) {
    const row = await db().model.findUnique({
      where: { id: modelId },
      select: { calibration: true },
    });
    if (row === null) return null;
    const stored = calibrationSchema.catch(plainCalibration).parse(row.calibration);
    const changed = change(stored);
    if (changed === stored) return stored;
    const before = row.calibration === null ? null : JSON.stringify(row.calibration);
    const written = await db().$executeRaw`
      UPDATE models SET calibration = ${JSON.stringify(changed)}::jsonb
      WHERE id = ${modelId} AND calibration IS NOT DISTINCT FROM ${before}::jsonb`;
    if (written > 0) return changed;
  }
  throw new AppError("conflict");
}
