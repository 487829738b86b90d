"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** Something of the page could not be loaded. */
export function AlertFailure({ text, onRetry }: { text: string; onRetry: () => void }) {
  const translate = useTranslations("alerts.settings");
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 py-4">
      <p role="alert" className="text-bad">
        {text}
      </p>
      <Button size="sm" onClick={onRetry}>
        {translate("retry")}
      </Button>
    </div>
  );
}
