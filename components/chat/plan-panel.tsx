"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useContextPlan, useRefreshPlan } from "@/lib/client/chat/use-context-plan";
import { showPlan } from "@/lib/client/chat/context-plan-shown";
import { useErrorSentence } from "@/lib/client/error-sentence";
import type { ContextPlanView } from "@/lib/contracts/context";
import { ContextBar } from "./context-bar";
import { PlanCompared } from "./plan-compared";
import { PlanCost } from "./plan-cost";
import { PlanList } from "./plan-list";
import { PlanPolicy } from "./plan-policy";
import { PlanSentence } from "./plan-sentence";
import { SummarySection } from "./summary-section";

/** What the next turn sends and why, and what one has to say about it. */
export function PlanPanel() {
  const translate = useTranslations("context.plan");
  const sayError = useErrorSentence();
  const { plan, draftTokens, failure } = useContextPlan();
  const refresh = useRefreshPlan();
  const listId = useId();
  if (plan === null && failure === null) return <LoadingPlan label={translate("loading")} />;
  return (
    <>
      {failure !== null && (
        <div
          role="alert"
          className="flex flex-wrap items-center gap-2 border-b border-line px-5 py-3"
        >
          <p className="min-w-0 flex-1 text-ui text-pretty text-ink-soft">
            {plan !== null && failure.code === "offline"
              ? translate("offline")
              : `${translate("failed")} ${sayError(failure.code, failure.details)}`}
          </p>
          <Button size="sm" onClick={refresh}>
            {translate("retry")}
          </Button>
        </div>
      )}
      {plan !== null && (
        <>
          <PlanFigures plan={plan} draftTokens={draftTokens} />
          <PlanPolicy plan={plan} />
          <div className="border-t border-line px-5 py-4">
            <SummarySection />
          </div>
          {/* Where the panel covers the page, what is said in passing is said at its foot. */}
          <section aria-labelledby={listId} className="border-t border-line pb-6 max-[75rem]:pb-32">
            <h3
              id={listId}
              className="flex items-baseline gap-2 px-5 pt-4 pb-1.5 text-ui font-semibold"
            >
              {translate("listTitle")}
              <span className="text-small font-normal text-ink-faint">
                {translate("newestFirst")}
              </span>
            </h3>
            <PlanList plan={plan} />
          </section>
        </>
      )}
    </>
  );
}

/** With what was typed since the plan was made. */
function PlanFigures({ plan, draftTokens }: { plan: ContextPlanView; draftTokens: number }) {
  const shown = showPlan(plan, draftTokens);
  return (
    <div className="flex flex-col gap-4 px-5 pt-4 pb-5">
      <PlanSentence plan={plan} shown={shown} />
      {plan.model !== null && (
        <>
          <ContextBar shown={shown} />
          <PlanCompared plan={plan} />
          <PlanCost plan={plan} cost={shown.cost} />
        </>
      )}
    </div>
  );
}

function LoadingPlan({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-4 p-5">
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-3/5" />
      <Skeleton className="h-3 w-full" />
      {["w-4/5", "w-full", "w-2/3", "w-5/6"].map((width) => (
        <Skeleton key={width} className={`mt-4 h-9 ${width}`} />
      ))}
    </div>
  );
}
