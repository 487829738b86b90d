"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { findReportPath, type ReportRequest } from "./usage-api";

type Props = { request: ReportRequest };

/** What a table shows, to keep: the same report as a file. */
export function ExportLinks({ request }: Props) {
  const translate = useTranslations("usage.table");
  const { days } = request;
  const table = translate(`captions.${request.groupBy}`);
  return (
    <div className="-mx-3 flex gap-1">
      {(["csv", "json"] as const).map((format) => {
        const name = translate(format === "csv" ? "exportCsv" : "exportJson");
        return (
          <Button key={format} asChild size="sm" variant="ghost">
            <a
              href={findReportPath(request, format)}
              download={`usage-by-${request.groupBy}-${days.from}-to-${days.to}.${format}`}
              aria-label={translate("exportLabel", { format: name, table })}
            >
              <Download aria-hidden />
              {name}
            </a>
          </Button>
        );
      })}
    </div>
  );
}
