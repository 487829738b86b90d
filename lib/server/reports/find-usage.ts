import "server-only";
import type { UsageQuery, UsageReport, UsageRow, UsageSums } from "@/lib/contracts/usage-reports";
import type { Actor } from "@/lib/domain/actor";
import { listDays } from "@/lib/domain/reports/days";
import { settlePeriod } from "@/lib/domain/reports/period";
import { sortRows } from "@/lib/domain/reports/sort-rows";
import { addSums } from "@/lib/domain/reports/sums";
import { getReportFrame } from "../db/report-frame";
import { getInstanceSettings } from "../db/settings";
import { allowedUser } from "../db/usage-filter";
import { findUsageNames } from "../db/usage-names";
import { findUsageSums, type KeyedSums } from "../db/usage-report";

/**
 * A report on what was used: for a member always their own, for an admin everybody's unless asked
 * otherwise. Rows and totals come from the same sums, so that they agree.
 *
 * @throws AppError `invalid_input` when the days are none, or too many.
 */
export async function findUsage(
  actor: Actor,
  query: Omit<UsageQuery, "format">,
): Promise<UsageReport> {
  const { groupBy, groupId, modelId, providerId, keyId, kind, paidBy } = query;
  const [frame, settings] = await Promise.all([getReportFrame(actor), getInstanceSettings()]);
  const { timeZone, today } = frame;
  const { from, to } = settlePeriod(query, today);
  const filter = {
    ...{ groupId, modelId, providerId, keyId, kind, paidBy },
    ...allowedUser(actor, query),
  };
  const sums = await findUsageSums(actor, groupBy, { ...filter, from, to, timeZone });
  const byKey = collectKeys(groupBy === "group" ? sums.flatMap(splitGroups) : sums);
  if (groupBy === "day")
    for (const day of listDays(from, to)) byKey.set(day, byKey.get(day) ?? addSums([]));
  const names = await findUsageNames(actor, groupBy, [...byKey.keys()]);
  const rows = [...byKey].map(([key, rowSums]): UsageRow => ({
    key,
    label: names.get(key) ?? null,
    sums: rowSums,
  }));
  const { cnyPerUsdMicros } = settings;
  return {
    ...{ from, to, timeZone, groupBy, cnyPerUsdMicros },
    rows: sortRows(rows, groupBy, cnyPerUsdMicros),
    totals: addSums(sums.map((part) => part.sums)),
  };
}

function collectKeys(sums: readonly KeyedSums[]): Map<string, UsageSums> {
  const parts = Map.groupBy(sums, ({ key }) => key);
  return new Map([...parts].map(([key, of]) => [key, addSums(of.map((part) => part.sums))]));
}

// A request counts for each group that its user was in.
function splitGroups({ key, sums }: KeyedSums): KeyedSums[] {
  return key.split(",").map((groupId) => ({ key: groupId, sums }));
}
