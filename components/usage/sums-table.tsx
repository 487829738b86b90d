"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { UsageReport, UsageRow } from "@/lib/contracts/usage-reports";
import { findColumns, sortRows, type ColumnName, type Sorting } from "./columns";
import { FigureCell } from "./figure-cell";
import { findColumnDecimals } from "./column-decimals";
import { SortHeader } from "./sort-header";
import { useFormats } from "./use-formats";
import { useRowName } from "./use-row-name";

/** As many rows as are shown before somebody asks for all. */
const firstRows = 20;

type Props = {
  report: UsageReport;
  /** With the columns of errors and speed. */
  isDetailed: boolean;
  /** What a row's name is besides words: a link, or a button. */
  renderName?: (row: UsageRow, name: string) => ReactNode;
};

/** A report as a table that can be sorted; its foot holds the totals of the same report. */
export function SumsTable({ report, isDetailed, renderName }: Props) {
  const translate = useTranslations("usage.table");
  const formats = useFormats();
  const nameRow = useRowName(report.timeZone);
  const { groupBy, rows, totals } = report;
  const columns = findColumns(groupBy, totals, isDetailed);
  const isTime = groupBy === "day" || groupBy === "hour";
  const [chosen, setChosen] = useState<Sorting>();
  const [isWhole, setIsWhole] = useState(false);
  const sorting = findSorting(chosen, columns, isTime);

  const name = (row: UsageRow) => nameRow(groupBy, row);
  const sorted = sorting
    ? sortRows(rows, sorting, (one, other) =>
        isTime
          ? formats.collator.compare(one.key, other.key)
          : formats.collator.compare(name(one), name(other)),
      )
    : rows;
  const shown = isWhole ? sorted : sorted.slice(0, firstRows);
  const decimals = findColumnDecimals(report);
  const caption = translate(`captions.${groupBy}`);
  const sort = (column: Sorting["column"]) => {
    const isDescending =
      sorting?.column === column ? !sorting.isDescending : column !== "name" || isTime;
    setChosen({ column, isDescending });
  };

  return (
    <>
      <div
        role="region"
        aria-label={translate("scroll", { table: caption })}
        tabIndex={0}
        className="overflow-x-auto"
      >
        {/* Cells have the lines: those of a row would stay behind what sticks to the side. */}
        <table className="w-full border-separate border-spacing-0 text-ui">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr className="align-bottom [&>*]:border-b [&>*]:border-line">
              <SortHeader
                label={translate(`groupings.${groupBy}`)}
                isName
                direction={directionOf(sorting, "name")}
                onSort={() => {
                  sort("name");
                }}
              />
              {columns.map((column) => (
                <SortHeader
                  key={column}
                  label={sayColumn(column)}
                  direction={directionOf(sorting, column)}
                  onSort={() => {
                    sort(column);
                  }}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr
                key={row.key}
                className="align-top not-last:[&>*]:border-b not-last:[&>*]:border-line"
              >
                <th
                  scope="row"
                  className={clsx(
                    "sticky start-0 bg-canvas py-2 pe-3 text-start font-normal text-ink",
                    isTime ? "whitespace-nowrap" : "max-w-40 min-w-24 break-words sm:max-w-64",
                  )}
                >
                  {renderName?.(row, name(row)) ?? name(row)}
                </th>
                {columns.map((column) => (
                  <FigureCell key={column} sums={row.sums} column={column} decimals={decimals} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="align-top font-medium [&>*]:border-t [&>*]:border-line-strong">
              <th scope="row" className="sticky start-0 bg-canvas py-2 pe-3 text-start font-medium">
                {translate("total")}
              </th>
              {columns.map((column) => (
                <FigureCell key={column} sums={totals} column={column} decimals={decimals} />
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      {rows.length > firstRows && (
        <Button
          size="sm"
          variant="ghost"
          className="-ms-3 mt-2"
          aria-expanded={isWhole}
          onClick={() => {
            setIsWhole(!isWhole);
          }}
        >
          {isWhole ? translate("fewer") : translate("more", { count: rows.length })}
        </Button>
      )}
      {groupBy === "group" && (
        <p className="mt-3 text-small text-ink-faint">{translate("groupsNote")}</p>
      )}
    </>
  );

  function sayColumn(column: ColumnName): string {
    if (column === "cost:CNY" || column === "cost:USD") {
      return totals.costs.length === 1
        ? translate("cost")
        : translate("costIn", { currency: column.slice(5) });
    }
    return translate(column);
  }
}

/** What somebody chose, as long as there is such a column; time otherwise runs as it is reported. */
function findSorting(
  chosen: Sorting | undefined,
  columns: readonly ColumnName[],
  isTime: boolean,
): Sorting | null {
  if (chosen !== undefined && (chosen.column === "name" || columns.includes(chosen.column))) {
    return chosen;
  }
  return isTime ? { column: "name", isDescending: true } : null;
}

function directionOf(sorting: Sorting | null, column: Sorting["column"]) {
  if (sorting?.column !== column) return "none";
  return sorting.isDescending ? "descending" : "ascending";
}
