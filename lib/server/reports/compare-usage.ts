import "server-only";
import type { z } from "zod";
import type { compareQuerySchema, CompareResult } from "@/lib/contracts/usage-reports";
import type { Actor } from "@/lib/domain/actor";
import { compareCost } from "@/lib/domain/reports/compare";
import { settlePeriod } from "@/lib/domain/reports/period";
import { addSums } from "@/lib/domain/reports/sums";
import { findCurrentPrice } from "../db/dashboard-report";
import { requireModel } from "../db/models";
import { getReportFrame } from "../db/report-frame";
import { findUsageSums } from "../db/usage-report";

/**
 * What the same tokens would cost on another model, at its price of today: an estimate, since
 * another model counts and writes other tokens.
 *
 * @throws AppError `not_found` without the model, `forbidden` for a member.
 */
export async function compareUsage(
  actor: Actor,
  { onModelId, ...query }: z.infer<typeof compareQuerySchema>,
): Promise<CompareResult> {
  const [model, price, { today, timeZone }] = await Promise.all([
    requireModel(actor, onModelId),
    findCurrentPrice(actor, onModelId),
    getReportFrame(actor),
  ]);
  const where = { ...query, ...settlePeriod(query, today), timeZone };
  const sums = await findUsageSums(actor, "day", where);
  const days = [...Map.groupBy(sums, ({ key }) => key).values()];
  const totals = addSums(sums.map((part) => part.sums));
  return {
    model: { id: model.id, label: model.label },
    actual: totals.costs,
    compared:
      price &&
      compareCost(
        days.map((day) => day.map((part) => part.sums)),
        price,
      ),
    unpriced: totals.unpriced,
  };
}
