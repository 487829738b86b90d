import "server-only";
import type { UsageReport } from "@/lib/contracts/usage-reports";
import { writeCsv } from "@/lib/domain/reports/csv";
import { apiHeaders } from "../http/to-response";

/** A report as a file that the browser stores. */
export function csvResponse(report: UsageReport): Response {
  const { groupBy, from, to } = report;
  return new Response(writeCsv(report), {
    headers: {
      ...apiHeaders,
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="usage-by-${groupBy}-${from}-to-${to}.csv"`,
    },
  });
}
