"use client";

import { useTranslations } from "next-intl";
import type { ShownPlan } from "@/lib/client/chat/context-plan-shown";
import { useContextPlan } from "@/lib/client/chat/use-context-plan";
import { useChatContext } from "./chat-context";
import { ContextBar } from "./context-bar";
import { useSayMoney } from "./use-context-figures";

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
  const model = useContextPlan().plan?.model ?? null;
  const sayMoney = useSayMoney();
  const { window, inputTokens, cost, isAbout } = shown;
  return (
    <div className="flex flex-col gap-3 p-3.5 text-small">
      <div className="flex items-baseline justify-between gap-3">
        <span className="text-ui font-medium">{translate("title")}</span>
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
        <dt className="shrink-0 text-ink-soft">{translate("cost")}</dt>
        <dd className="text-end text-pretty tabular-nums">
          {cost === null
            ? translate("costUnknown")
            : translate("costInput", {
                cost: sayMoney(cost.inputMicros, cost.currency),
                most: sayMoney(cost.mostMicros, cost.currency),
              })}
        </dd>
      </dl>
    </div>
  );
}
