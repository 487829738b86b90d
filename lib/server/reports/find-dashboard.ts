import "server-only";
import { errorCodeSchema } from "@/lib/contracts/errors";
import type { Dashboard, UsageFilter } from "@/lib/contracts/usage-reports";
import type { Actor } from "@/lib/domain/actor";
import { forecastMonth, forecastStart } from "@/lib/domain/reports/forecast";
import { periodBefore, settlePeriod } from "@/lib/domain/reports/period";
import { addSums } from "@/lib/domain/reports/sums";
import { findDashboardSums, findDayCosts, type DashboardSums } from "../db/dashboard-report";
import { getReportFrame } from "../db/report-frame";
import { getInstanceSettings } from "../db/settings";
import { findUsageNames } from "../db/usage-names";
import { findFailingProviders } from "../providers/model-health";

/**
 * What the whole instance used, within a filter: sums, those of as many days before, the forecast
 * of this month, and providers that fail. Numbers only. Admins only.
 *
 * @throws AppError `forbidden`, or `invalid_input` when the days are none, or too many.
 */
export async function findDashboard(actor: Actor, filter: UsageFilter): Promise<Dashboard> {
  const [frame, settings] = await Promise.all([getReportFrame(actor), getInstanceSettings()]);
  const { today, timeZone, firstDay } = frame;
  const period = settlePeriod(filter, today);
  const where = { ...filter, ...period, timeZone };
  const [parts, costs, failing] = await Promise.all([
    findDashboardSums(actor, { ...where, from: periodBefore(period).from }, period.from),
    findDayCosts(actor, { ...where, from: forecastStart(today), to: today }),
    findFailingProviders(actor),
  ]);
  const current = parts.filter(({ isBefore }) => !isBefore);
  const sumUp = (some: readonly DashboardSums[]) => addSums(some.map(({ sums }) => sums));
  const totals = sumUp(current);
  const tokens = totals.inputTokens + totals.outputTokens;
  return {
    ...period,
    timeZone,
    cnyPerUsdMicros: settings.cnyPerUsdMicros,
    totals,
    before: sumUp(parts.filter(({ isBefore }) => isBefore)),
    forecast: forecastMonth(costs, today, firstDay),
    providers: await describeProviders(actor, current, failing, filter.providerId),
    tokensPerCall: {
      average: totals.calls > 0 ? tokens / totals.calls : null,
      threshold: settings.alertTokensPerCall,
    },
  };
}

async function describeProviders(
  actor: Actor,
  parts: readonly DashboardSums[],
  failing: ReadonlySet<string>,
  onlyId: string | undefined,
): Promise<Dashboard["providers"]> {
  const byProvider = Map.groupBy(parts, ({ providerId }) => providerId);
  const ids = [...new Set([...byProvider.keys(), ...failing])].filter(
    (id) => onlyId === undefined || id === onlyId,
  );
  const names = await findUsageNames(actor, "provider", ids);
  return ids
    .map((id) => {
      const own = byProvider.get(id) ?? [];
      const { attempts, failed } = addSums(own.map(({ sums }) => sums));
      const isFailing = failing.has(id);
      return {
        id,
        name: names.get(id) ?? null,
        attempts,
        failed,
        errors: countErrors(own),
        isFailing,
      };
    })
    .filter(({ failed, isFailing }) => failed > 0 || isFailing)
    .toSorted(
      (one, other) =>
        Number(other.isFailing) - Number(one.isFailing) ||
        shareOfFailed(other) - shareOfFailed(one) ||
        other.failed - one.failed,
    );
}

const shareOfFailed = ({ attempts, failed }: { attempts: number; failed: number }) =>
  attempts === 0 ? 0 : failed / attempts;

function countErrors(parts: readonly DashboardSums[]): Dashboard["providers"][number]["errors"] {
  const byCode = Map.groupBy(
    parts.filter(({ errorCode }) => errorCode !== ""),
    // A code of an older version.
    ({ errorCode }) => errorCodeSchema.catch("internal").parse(errorCode),
  );
  return [...byCode]
    .map(([code, of]) => ({ code, count: addSums(of.map(({ sums }) => sums)).failed }))
    .toSorted((one, other) => other.count - one.count);
}
