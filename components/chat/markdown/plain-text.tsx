"use client";

import { useTranslations } from "next-intl";
import { LongText } from "./long-text-view";

type PlainTextProps = {
  text: string;
  /** Says why it is not set as usual. */
  isExplained?: boolean;
};

/** Text as it is, for what cannot be set. */
export function PlainText({ text, isExplained = false }: PlainTextProps) {
  const translate = useTranslations("reading");
  return (
    <div className="reading whitespace-pre-wrap">
      {isExplained && <p className="text-small text-ink-faint">{translate("plain")}</p>}
      <LongText text={text} />
    </div>
  );
}
