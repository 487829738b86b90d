"use client";

import { useTranslations } from "next-intl";
import { Button } from "./button";
import { QuietPage } from "./quiet-page";

type CrashPageProps = { onRetry: () => void; isInFrame?: boolean };

/** Says that a page broke, and what helps. */
export function CrashPage({ onRetry, isInFrame = false }: CrashPageProps) {
  const translate = useTranslations("crash");
  return (
    <QuietPage title={translate("title")} text={translate("text")} isInFrame={isInFrame}>
      <Button variant="primary" onClick={onRetry}>
        {translate("reload")}
      </Button>
      <Button
        onClick={() => {
          // A full load, not a client one: what broke may still be in memory.
          window.location.assign("/");
        }}
      >
        {translate("back")}
      </Button>
    </QuietPage>
  );
}
