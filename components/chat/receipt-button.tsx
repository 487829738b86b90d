"use client";

import { useTranslations } from "next-intl";
import { Fragment } from "react";
import type { Message } from "@/lib/contracts/messages";
import type { UsageTotals } from "@/lib/contracts/receipts";
import { ReceiptTrigger } from "./receipt-trigger";
import { UnknownCost } from "./unknown-cost";
import { useSayAmount } from "./use-say-amount";

/** Under an answer: who wrote it, and what it used and cost. Opens its receipt. */
export function ReceiptButton({ message }: { message: Message }) {
  const translate = useTranslations("chat.message");
  const { id, model, usage, isEdited } = message;
  if (model === null && usage === null) return null;
  return (
    <div className="message-actions ms-auto min-w-0">
      <ReceiptTrigger
        messageId={id}
        className="text-ink-faint !opacity-100 hover:text-ink-soft aria-expanded:text-ink-soft"
      >
        {isEdited && <span className="shrink-0">{translate("edited")}&nbsp;·&nbsp;</span>}
        {model !== null && <span className="truncate">{model}</span>}
        {usage !== null && <Figures usage={usage} isFirst={model === null} />}
      </ReceiptTrigger>
    </div>
  );
}

function Figures({ usage, isFirst }: { usage: UsageTotals; isFirst: boolean }) {
  const translate = useTranslations("receipts");
  const { brief } = useSayAmount();
  const { inputTokens, outputTokens, isEstimated, costs, unpriced } = usage;
  const tokens = { count: inputTokens + outputTokens, isEstimated: String(isEstimated) };
  return (
    <span className="shrink-0 whitespace-nowrap">
      {!isFirst && <>&nbsp;·&nbsp;</>}
      {translate("tokens", tokens)}&nbsp;·&nbsp;
      {costs.map((cost, at) => (
        <Fragment key={cost.currency}>
          {at > 0 && " + "}
          {brief(cost)}
        </Fragment>
      ))}
      {unpriced > 0 && (
        <>
          {costs.length > 0 && " + "}
          <UnknownCost />
        </>
      )}
    </span>
  );
}
