"use client";

import { useTranslations } from "next-intl";
import type { ShownPlan } from "@/lib/client/chat/context-plan-shown";
import { findCostGap } from "@/lib/client/chat/context-plan-compared";
import { useContextPlan } from "@/lib/client/chat/use-context-plan";
import type { PlanCost } from "@/lib/contracts/context";
import { useChatContext } from "./chat-context";
import { ContextBar } from "./context-bar";
import { describeFullest, useSayCost } from "./use-context-figures";

type ContextGaugeCardProps = { id: string; shown: ShownPlan };

/** What the gauge shows, part by part; above it, and without a gap on the way there. */
export function ContextGaugeCard({ id, shown }: ContextGaugeCardProps) {
  return (
    <div
      id={id}
      role="tooltip"
      className="float-in absolute end-0 bottom-full z-30 w-80 pb-2.5 text-ink"
    >
      <div className="rounded-card border border-line bg-raised shadow-float">
        <Figures shown={shown} />
      </div>
    </div>
  );
}

function Figures({ shown }: { shown: ShownPlan }) {
  const translate = useTranslations("context.gauge");
  const { isAdmin } = useChatContext();
  const { plan } = useContextPlan();
  const model = plan?.model ?? null;
  const fullest = describeFullest(plan);
  const sayCost = useSayCost();
  const { window, inputTokens, cost, isAbout } = shown;
  const sayInput = (known: PlanCost) => {
    const { input, most } = sayCost(known);
    return translate("costInput", { cost: input, most });
  };
  return (
    <div className="flex flex-col gap-3 p-3.5 text-small">
      <div className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 text-ui font-medium">
          {fullest === null ? translate("title") : translate("titleCompared", fullest)}
        </span>
        <span className="shrink-0 text-ink-soft tabular-nums">
          {window === null
            ? translate("ofUnknown", { used: inputTokens })
            : translate("of", { used: inputTokens, window, isAbout: String(isAbout) })}
        </span>
      </div>
      <ContextBar shown={shown} />
      {window === null && model !== null && (
        <p className="text-pretty text-ink-soft">
          {translate("unknown", { model: model.label })}{" "}
          {translate(isAdmin ? "unknownAdmin" : "unknownMember")}
        </p>
      )}
      <dl className="flex justify-between gap-4 border-t border-line pt-2.5">
        <dt className="shrink-0 text-ink-soft">
          {fullest === null ? translate("cost") : translate("costOfAll", { count: fullest.count })}
        </dt>
        <dd className="text-end text-pretty tabular-nums">
          {cost === null
            ? plan === null || fullest === null
              ? translate("costUnknown")
              : translate("costUnknownCompared", { reason: findCostGap(plan) })
            : sayInput(cost)}
        </dd>
      </dl>
    </div>
  );
}
