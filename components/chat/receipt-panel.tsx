"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { FloatingPanel } from "@/components/ui/floating-panel";
import { Skeleton } from "@/components/ui/skeleton";
import { callApi, type ApiError } from "@/lib/client/api";
import { withUsage } from "@/lib/client/chat/with-usage";
import { useConversationStore } from "@/lib/client/chat/use-conversation";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { shape } from "@/lib/client/shape";
import { useLoad } from "@/lib/client/use-load";
import type { Receipt } from "@/lib/contracts/receipts";
import { ReceiptCallSection } from "./receipt-call";
import { ReceiptTotals } from "./receipt-totals";

const receiptShape = shape<Receipt>({ calls: "list", isOpen: "yes or no" });

type ReceiptPanelProps = { messageId: string; trigger: HTMLElement | null; onClose: () => void };

/** What an answer used and cost, request by request. */
export function ReceiptPanel({ messageId, trigger, onClose }: ReceiptPanelProps) {
  const translate = useTranslations("receipts");
  const [loaded, reload] = useLoad(messageId, (signal) =>
    callApi("GET", `/api/messages/${encodeURIComponent(messageId)}/receipt`, {
      schema: receiptShape,
      signal,
    }),
  );
  useNotedUsage(messageId, loaded.state === "ready" ? loaded.value : null);
  return (
    <FloatingPanel
      title={translate("title")}
      trigger={trigger}
      onClose={onClose}
      className="w-[26rem] max-w-[calc(100vw-1rem)]"
    >
      <div
        className="min-h-0 overflow-y-auto overscroll-contain px-4 pb-4 text-small"
        aria-busy={loaded.state === "loading"}
      >
        {loaded.state === "loading" && <Loading />}
        {loaded.state === "failed" && <Failed error={loaded.error} onRetry={reload} />}
        {loaded.state === "ready" && <Body receipt={loaded.value} onRefresh={reload} />}
      </div>
    </FloatingPanel>
  );
}

function Body({ receipt, onRefresh }: { receipt: Receipt; onRefresh: () => void }) {
  const translate = useTranslations("receipts");
  const { calls, totals, isOpen } = receipt;
  return (
    <div className="flex flex-col gap-3">
      {calls.map((call) => (
        <ReceiptCallSection key={`${call.kind} ${call.at}`} call={call} />
      ))}
      {calls.length === 0 && !isOpen && (
        <p className="text-pretty text-ink-soft">{translate("empty")}</p>
      )}
      {isOpen && (
        <div className="flex items-center gap-3">
          <p role="status" className="min-w-0 flex-1 text-pretty text-ink-soft">
            {translate("isOpen")}
          </p>
          <Button size="sm" onClick={onRefresh}>
            {translate("refresh")}
          </Button>
        </div>
      )}
      {calls.length > 0 && <ReceiptTotals totals={totals} />}
    </div>
  );
}

/** Of the size of a short receipt. */
function Loading() {
  const translate = useTranslations("receipts");
  return (
    <div role="status" className="flex flex-col gap-2 py-1">
      <span className="sr-only">{translate("loading")}</span>
      {["w-1/3", "w-full", "w-2/3", "w-full"].map((width, at) => (
        <Skeleton key={at} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}

function Failed({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const translate = useTranslations("receipts");
  const sayError = useErrorSentence();
  return (
    <div role="alert" className="flex flex-col items-start gap-2">
      <p className="text-pretty text-ink-soft">{sayError(error.code, error.details)}</p>
      <Button size="sm" onClick={onRetry}>
        {translate("retry")}
      </Button>
    </div>
  );
}

/** The line under the answer says the same as its receipt. */
function useNotedUsage(messageId: string, receipt: Receipt | null): void {
  const store = useConversationStore();
  useEffect(() => {
    if (receipt === null || receipt.calls.length === 0) return;
    const { messages } = store.get();
    const next = withUsage(messages, messageId, receipt.totals);
    if (next !== messages) store.patch({ messages: next });
  }, [messageId, receipt, store]);
}
