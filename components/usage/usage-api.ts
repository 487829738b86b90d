import { callApi } from "@/lib/client/api";
import { ownBudgetsSchema, type OwnBudgets } from "@/lib/contracts/budgets";
import {
  compareSchema,
  dashboardSchema,
  usageReportSchema,
  type CompareResult,
  type Dashboard,
  type UsageGrouping,
  type UsageReport,
} from "@/lib/contracts/usage-reports";
import type { Days } from "./period";
import { toQuery, type Filters } from "./usage-filter";

/** What a report is asked for. */
export type ReportRequest = {
  /** One's own, or everybody's. */
  scope: "own" | "all";
  days: Days;
  groupBy: UsageGrouping;
  filters?: Filters;
};

/** Where a report is, to read or to download. */
export function findReportPath(request: ReportRequest, format?: "json" | "csv"): string {
  const { scope, days, groupBy, filters = {} } = request;
  const query = { groupBy, scope, ...days, ...toQuery(filters) };
  return `/api/usage?${String(new URLSearchParams({ ...query, ...(format && { format }) }))}`;
}

export function findDashboardPath(days: Days, filters: Filters): string {
  const query = { ...days, ...toQuery(filters) };
  return `/api/admin/dashboard?${String(new URLSearchParams(query))}`;
}

export function findComparePath(days: Days, filters: Filters, onModelId: string): string {
  const query = { ...days, ...toQuery(filters), onModelId };
  return `/api/admin/dashboard/compare?${String(new URLSearchParams(query))}`;
}

/** @throws ApiError. */
export function readReport(path: string, signal: AbortSignal): Promise<UsageReport> {
  return callApi("GET", path, { schema: usageReportSchema, signal });
}

/** @throws ApiError. */
export function readDashboard(path: string, signal: AbortSignal): Promise<Dashboard> {
  return callApi("GET", path, { schema: dashboardSchema, signal });
}

/** @throws ApiError. */
export function readComparison(path: string, signal: AbortSignal): Promise<CompareResult> {
  return callApi("GET", path, { schema: compareSchema, signal });
}

/** @throws ApiError. */
export function readOwnBudgets(signal: AbortSignal): Promise<OwnBudgets> {
  return callApi("GET", "/api/usage/budgets", { schema: ownBudgetsSchema, signal });
}
