"use client";

import { ChevronRight } from "lucide-react";
import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { Budget } from "@/lib/contracts/budgets";
import { BudgetMeter } from "./budget-meter";
import { BudgetResets } from "./budget-resets";
import { useBudgetWords } from "./use-budget-words";

type Props = { budget: Budget; isAbout: boolean };

/** Of a budget that counts for each by themselves: its limit, and who has used the most. */
export function BudgetShares({ budget, isAbout }: Props) {
  const translate = useTranslations("budgets.row");
  const { sayUnits } = useBudgetWords();
  const listId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { unit, limit, shares, shareCount, name } = budget;
  return (
    <div className="flex flex-col gap-1.5 text-small text-ink-soft tabular-nums">
      <p className="flex flex-wrap gap-x-4">
        <span className="text-ink">
          {translate("each", { limit: sayUnits(unit, limit, "limit") })}
        </span>
        <BudgetResets budget={budget} />
      </p>
      {shares.length === 0 ? (
        <p>{translate("nobody")}</p>
      ) : (
        <>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={listId}
            className="-ms-1 flex min-h-6 items-center gap-1 self-start rounded-sm pe-1 hover:text-ink"
            onClick={() => {
              setIsOpen(!isOpen);
            }}
          >
            <ChevronRight
              aria-hidden
              className={clsx("size-4 transition-transform", isOpen && "rotate-90")}
            />
            {translate("showShares", { count: shareCount })}
          </button>
          <ul
            id={listId}
            hidden={!isOpen}
            aria-label={translate("shares", { name })}
            className="flex flex-col gap-2 ps-4"
          >
            {shares.map((share) => {
              const who = share.name ?? translate("deleted");
              const percent = Math.round((100 * share.used) / limit);
              const held = Math.round((100 * share.held) / limit);
              return (
                <li key={share.subjectId} className="flex flex-col gap-1">
                  <span className="flex flex-wrap justify-between gap-x-4">
                    <span className="min-w-0 break-words text-ink">{who}</span>
                    <span>
                      {translate("shareOf", {
                        used: (isAbout ? "≈ " : "") + sayUnits(unit, share.used, "used"),
                        percent,
                      })}
                    </span>
                  </span>
                  <BudgetMeter
                    isThin
                    label={translate("bar", { name: who, percent, held })}
                    used={share.used}
                    held={share.held}
                    limit={limit}
                  />
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}
