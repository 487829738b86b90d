"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { QuietPage } from "@/components/ui/quiet-page";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ reset }: ErrorPageProps) {
  const translate = useTranslations("crash");
  return (
    <QuietPage title={translate("title")} text={translate("text")}>
      <Button variant="primary" onClick={reset}>
        {translate("reload")}
      </Button>
      <Button asChild>
        {/* A full load, not a client one: what broke may still be in memory. */}
        <a href="/">{translate("back")}</a>
      </Button>
    </QuietPage>
  );
}
