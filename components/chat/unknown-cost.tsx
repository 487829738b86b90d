"use client";

import { useTranslations } from "next-intl";

/** In the place of money that nobody knows. */
export function UnknownCost() {
  const translate = useTranslations("receipts");
  return (
    <span data-tooltip={translate("unknownCost")}>
      <span aria-hidden>—</span>
      <span className="sr-only">{translate("unknownCost")}</span>
    </span>
  );
}
