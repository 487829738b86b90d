"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useConversation } from "@/lib/client/chat/use-conversation";
import type { ContextPolicy } from "@/lib/contracts/context";
import { focusSummary } from "./summary-focus";
import { useSummaryActions } from "./use-summary-actions";

/** More than these messages: then there is something before the last round. */
const oneRound = 2;

/** There is no summary: when there will be one, and a way to have it now. */
export function SummaryEmpty({ policy }: { policy: ContextPolicy }) {
  const translate = useTranslations("context.summary");
  const translatePolicy = useTranslations("context.policyFields");
  const { make } = useSummaryActions();
  const hasEarlier = useConversation(
    ({ messages, before }) => before !== null || messages.length > oneRound,
  );
  const isSummary = policy.kind === "summary";
  return (
    <div className="grid justify-items-start gap-2.5">
      <p className="text-ui text-pretty text-ink-soft">
        {isSummary
          ? translate("emptyPolicy", { rounds: policy.rounds })
          : translate("emptyOther", { policy: translatePolicy("summary.title") })}
      </p>
      {isSummary && hasEarlier && (
        <Button
          size="sm"
          onClick={({ currentTarget }) => {
            focusSummary(currentTarget);
            void make(null);
          }}
        >
          {translate("makeNow")}
        </Button>
      )}
    </div>
  );
}
