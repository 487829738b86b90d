"use client";

import { useTranslations } from "next-intl";

type Props = { name: string; onChoose: () => void };

/** The name of a row that the whole page can be narrowed to. */
export function RowFilter({ name, onChoose }: Props) {
  const translate = useTranslations("usage.filter");
  return (
    <button
      type="button"
      onClick={onChoose}
      data-tooltip={translate("only", { name })}
      className="min-h-6 rounded-sm text-start break-words decoration-line-strong underline-offset-4 hover:underline"
    >
      {name}
    </button>
  );
}
