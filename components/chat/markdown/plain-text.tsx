"use client";

import { useTranslations } from "next-intl";

type PlainTextProps = {
  text: string;
  /** Says why it is not set as usual. */
  isExplained?: boolean;
};

/** Text as it is, for what cannot be set. */
export function PlainText({ text, isExplained = false }: PlainTextProps) {
  const translate = useTranslations("chat.message");
  return (
    <div className="reading whitespace-pre-wrap">
      {isExplained && <p className="text-small text-ink-faint">{translate("plain")}</p>}
      {text}
    </div>
  );
}
