"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { usePlanActions } from "@/lib/client/chat/use-plan-actions";

/** Where somebody let the context start, and the way back. */
export function PlanStart() {
  const translate = useTranslations("context.plan");
  const { setStart } = usePlanActions();
  return (
    <li className="flex items-center gap-3 bg-accent-soft py-1.5 ps-5 pe-2 text-small text-ink-soft">
      <span className="min-w-0 flex-1">{translate("start")}</span>
      <Button size="sm" variant="ghost" onClick={() => void setStart(null)}>
        {translate("startOver")}
      </Button>
    </li>
  );
}
