"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

type SettingsErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** A page of the settings that failed; the list beside it still works. */
export default function SettingsError({ reset }: SettingsErrorProps) {
  const translate = useTranslations("settings.failed");
  return (
    <div role="alert" className="flex flex-col items-start gap-4">
      <h1 className="text-xl font-semibold">{translate("title")}</h1>
      <p className="text-ink-soft">{translate("text")}</p>
      <Button onClick={reset}>{translate("retry")}</Button>
    </div>
  );
}
