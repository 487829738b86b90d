"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { QuietPage } from "@/components/ui/quiet-page";
import { safeReturnPath } from "@/lib/client/return-path";

const pollMs = 1_500;
const slowMs = 20_000;

/** Waits until the server is ready, then goes on to where one was going. */
export function StartingNotice() {
  const translate = useTranslations("common.starting");
  const next = safeReturnPath(useSearchParams().get("next"));
  const [isSlow, setIsSlow] = useState(false);

  useEffect(() => {
    let isOver = false;
    const poll = async () => {
      const response = await fetch("/api/ready", { cache: "no-store" }).catch(() => null);
      // A full load: nothing of the time before is worth keeping.
      if (!isOver && response?.ok === true) window.location.replace(next);
    };
    const polling = setInterval(() => void poll(), pollMs);
    const slow = setTimeout(() => {
      setIsSlow(true);
    }, slowMs);
    return () => {
      isOver = true;
      clearInterval(polling);
      clearTimeout(slow);
    };
  }, [next]);

  return (
    <QuietPage title={translate("title")} text={translate("text")}>
      <p role="status" className="text-ui text-ink-soft">
        {isSlow ? translate("slow") : null}
      </p>
    </QuietPage>
  );
}
