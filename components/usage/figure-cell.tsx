"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import type { UsageSums } from "@/lib/contracts/usage-reports";
import type { ColumnDecimals } from "./column-decimals";
import { isCostUnknown, readCurrency, readFigure, type ColumnName } from "./columns";
import { useFormats } from "./use-formats";

type Props = { sums: UsageSums; column: ColumnName; decimals: ColumnDecimals };

/** A figure of a table. An amount says when it leaves something out. */
export function FigureCell({ sums, column, decimals }: Props) {
  const formats = useFormats();
  return (
    <td
      className={clsx(
        "py-2 ps-3 text-end whitespace-nowrap tabular-nums",
        // Where nothing was used, the eye can pass by.
        readFigure(sums, column) === 0 ? "text-ink-faint" : "text-ink",
      )}
    >
      {column === "cost" || column === "cost:CNY" || column === "cost:USD" ? (
        <CostFigure sums={sums} column={column} decimals={decimals} />
      ) : (
        formatFigure(readFigure(sums, column))
      )}
    </td>
  );

  function formatFigure(value: number | null): string {
    if (value === null) return "—";
    if (column === "firstToken") return formats.seconds(value);
    return column === "speed" ? formats.fine(value) : formats.count(value);
  }
}

type CostProps = Omit<Props, "column"> & { column: "cost" | "cost:CNY" | "cost:USD" };

function CostFigure({ sums, column, decimals }: CostProps) {
  const translate = useTranslations("usage.cost");
  const formats = useFormats();
  const count = { count: sums.unpriced, number: formats.count(sums.unpriced) };
  if (isCostUnknown(sums)) {
    const reason = translate("allUnpriced", count);
    return (
      <span data-tooltip={reason}>
        <span aria-hidden>—</span>
        <span className="sr-only">{reason}</span>
      </span>
    );
  }
  // Nothing was asked for that could have cost something.
  if (column === "cost") return "—";
  const currency = readCurrency(column);
  const amount = { currency, micros: readFigure(sums, column) ?? 0 };
  const smallest = 10 ** (6 - decimals[currency]);
  const isTooSmall = amount.micros > 0 && amount.micros * 2 < smallest;
  return (
    <>
      <span data-tooltip={formats.exactAmount(amount)}>
        {isTooSmall
          ? translate("less", {
              amount: formats.amount({ currency, micros: smallest }, decimals[currency]),
            })
          : formats.amount(amount, decimals[currency])}
      </span>
      {sums.unpriced > 0 && (
        <span
          data-tooltip={translate("unpriced", count)}
          className="block text-small font-normal text-ink-faint"
        >
          {translate("unpricedShort", { number: count.number })}
        </span>
      )}
    </>
  );
}
