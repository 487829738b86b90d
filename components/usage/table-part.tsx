"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { UsageGrouping, UsageRow } from "@/lib/contracts/usage-reports";
import { ExportLinks } from "./export-links";
import { FreshPart } from "./fresh-part";
import { Part } from "./part";
import { Segments } from "./segments";
import { Ranking } from "./ranking";
import { SumsTable } from "./sums-table";
import { findReportPath, readReport, type ReportRequest } from "./usage-api";
import { useFresh } from "./use-fresh";

type Props = {
  title: string;
  request: ReportRequest;
  groupings: readonly UsageGrouping[];
  isDetailed?: boolean;
  onGroup: (groupBy: UsageGrouping) => void;
  renderName?: (row: UsageRow, name: string, groupBy: UsageGrouping) => ReactNode;
};

/** Who or what used how much, drawn and as a table: one grouping at a time. */
export function TablePart(props: Props) {
  const { title, request, groupings, isDetailed = false, onGroup, renderName } = props;
  const translate = useTranslations("usage.table");
  const fresh = useFresh(findReportPath(request), readReport);
  return (
    <Part title={title} action={<ExportLinks request={request} />}>
      <Segments
        className="-mx-3 mb-3"
        label={translate("by")}
        value={request.groupBy}
        options={groupings.map((value) => ({ value, label: translate(`groupings.${value}`) }))}
        onChange={onGroup}
      />
      <FreshPart fresh={fresh} skeletonClass="h-64">
        {(report) => (
          <>
            {isRanked(report.groupBy) && <Ranking report={report} />}
            <SumsTable
              key={report.groupBy}
              report={report}
              isDetailed={isDetailed}
              {...(renderName === undefined
                ? {}
                : { renderName: (row, name) => renderName(row, name, report.groupBy) })}
            />
          </>
        )}
      </FreshPart>
    </Part>
  );
}

/** Days have a plot of their own, and errors are few beside what has none. */
const isRanked = (groupBy: UsageGrouping) => groupBy !== "day" && groupBy !== "error";
