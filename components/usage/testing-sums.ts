import type { UsageReport, UsageRow, UsageSums } from "@/lib/contracts/usage-reports";

/** Sums of nothing, but for what a test says. */
export function makeSums(sums: Partial<UsageSums> = {}): UsageSums {
  return {
    calls: 0,
    attempts: 0,
    failed: 0,
    estimated: 0,
    unpriced: 0,
    inputTokens: 0,
    cachedTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    costs: [],
    firstTokenMs: null,
    tokensPerSecond: null,
    ...sums,
  };
}

export function makeRow(key: string, sums: Partial<UsageSums> = {}): UsageRow {
  return { key, label: null, sums: makeSums(sums) };
}

export function makeReport(rows: UsageRow[], report: Partial<UsageReport> = {}): UsageReport {
  return {
    from: "2026-11-01",
    to: "2026-11-30",
    timeZone: "Asia/Shanghai",
    groupBy: "day",
    rows,
    totals: makeSums(),
    cnyPerUsdMicros: null,
    ...report,
  };
}
