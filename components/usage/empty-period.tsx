"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

type Props = {
  of: "own" | "team";
  /** Takes the filters away that leave nothing; left out where there are none. */
  onClear?: (() => void) | undefined;
};

/** Says what will be here, and when. */
export function EmptyPeriod({ of, onClear }: Props) {
  const translate = useTranslations("usage");
  return (
    <div className="mt-12 rounded-card border border-line px-6 py-10 text-center">
      <h2 className="text-base font-semibold text-ink">{translate("empty.title")}</h2>
      <p className="mx-auto mt-2 max-w-md text-pretty text-ink-soft">
        {translate(onClear === undefined ? `empty.${of}` : "empty.filtered")}
      </p>
      {onClear !== undefined && (
        <Button className="mt-4" onClick={onClear}>
          {translate("filter.clear")}
        </Button>
      )}
    </div>
  );
}
