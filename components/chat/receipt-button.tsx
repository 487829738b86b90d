"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Fragment, useState } from "react";
import { PartBoundary } from "@/components/ui/part-boundary";
import type { Message } from "@/lib/contracts/messages";
import type { UsageTotals } from "@/lib/contracts/receipts";
import { useSayAmount } from "./use-say-amount";

const loadPanel = () => import("./receipt-panel").then((module) => module.ReceiptPanel);

// Loaded when somebody reaches for it.
const ReceiptPanel = dynamic(loadPanel, { ssr: false });

const prepare = () => {
  loadPanel().catch(() => undefined);
};

/** Under an answer: who wrote it, and what it used and cost. Opens its receipt. */
export function ReceiptButton({ message }: { message: Message }) {
  const translate = useTranslations("receipts");
  const translateChat = useTranslations("chat.message");
  const [trigger, setTrigger] = useState<HTMLElement | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const { model, usage, isEdited } = message;
  const close = () => {
    setIsOpen(false);
  };
  if (model === null && usage === null) return null;
  return (
    <div className="message-actions ms-auto min-w-0">
      <button
        ref={setTrigger}
        type="button"
        data-tooltip={translate("openPlain")}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        className="flex h-7 min-w-0 items-center rounded-control px-1.5 text-small text-ink-faint tabular-nums !opacity-100 transition-colors duration-150 hover:bg-hover hover:text-ink-soft aria-expanded:bg-hover aria-expanded:text-ink-soft"
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
      >
        <span className="sr-only">{translate("openPlain")}: </span>
        {isEdited && <span className="shrink-0">{translateChat("edited")}&nbsp;·&nbsp;</span>}
        {model !== null && <span className="truncate">{model}</span>}
        {usage !== null && <Figures usage={usage} isFirst={model === null} />}
      </button>
      {isOpen && (
        <PartBoundary onMissing={close}>
          <ReceiptPanel messageId={message.id} trigger={trigger} onClose={close} />
        </PartBoundary>
      )}
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

/** In the place of money that nobody knows. */
export function UnknownCost() {
  const translate = useTranslations("receipts");
  return (
    <span data-tooltip={translate("unknownCost")}>
      <span aria-hidden>—</span>
      <span className="sr-only">{translate("unknownCost")}</span>
    </span>
  );
}
