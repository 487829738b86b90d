"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { useContextPlan } from "@/lib/client/chat/use-context-plan";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { useKeepSummary, useSummaryState, useSummaryStore } from "@/lib/client/chat/use-summary";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { SummaryBody } from "./summary-body";
import { SummaryEmpty } from "./summary-empty";
import { focusSummary } from "./summary-focus";
import { SummaryRunning } from "./summary-running";
import { useSummaryActions } from "./use-summary-actions";

/** The text that stands for older messages: what it covers, what it says, and what can be done. */
export function SummarySection() {
  useKeepSummary();
  const translate = useTranslations("context.summary");
  const { setOff } = useSummaryActions();
  const titleId = useId();
  const summary = useSummaryState((state) => state.answer?.summary ?? null);
  const isOff = useSummaryState((state) => state.answer?.isOff === true);
  return (
    <section
      data-summary
      aria-labelledby={titleId}
      tabIndex={-1}
      className="grid gap-2.5 outline-none"
    >
      <header className="flex min-h-6 items-center justify-between gap-3">
        <h3 id={titleId} className="text-ui font-semibold text-ink">
          {translate("title")}
        </h3>
        {summary !== null && (
          <Switch
            aria-label={translate("isOn")}
            data-tooltip={translate("isOn")}
            isOn={!isOff}
            onChange={(isOn) => void setOff(!isOn)}
          />
        )}
      </header>
      <Content />
    </section>
  );
}

function Content() {
  const translate = useTranslations("context.summary");
  const sayError = useErrorSentence();
  const store = useSummaryStore();
  const isSaved = useConversation((state) => state.isSaved);
  const answer = useSummaryState((state) => state.answer);
  const readFailure = useSummaryState((state) => state.readFailure);
  const isMaking = useSummaryState((state) => state.makingSinceMs !== null);
  const { plan } = useContextPlan();

  if (!isSaved) return <p className="text-ui text-ink-soft">{translate("emptyNoTurn")}</p>;
  if (answer === null) {
    if (readFailure === null) return <Skeleton className="h-16" />;
    return (
      <div className="grid justify-items-start gap-2">
        <p className="text-ui text-ink-soft">
          {translate("readFailed")} {sayError(readFailure.code, readFailure.details)}
        </p>
        <Button size="sm" onClick={() => void store.read()}>
          {translate("retry")}
        </Button>
      </div>
    );
  }
  const isRunning = isMaking || answer.isRunning;
  return (
    <>
      {answer.summary !== null && <SummaryBody summary={answer.summary} isRunning={isRunning} />}
      {answer.summary === null && !isRunning && plan !== null && (
        <SummaryEmpty policy={plan.policy} />
      )}
      {isRunning ? <SummaryRunning /> : <FailureNote />}
    </>
  );
}

/** Why there is no newer one; nothing was lost by it. */
function FailureNote() {
  const translate = useTranslations("context.summary");
  const sayError = useErrorSentence();
  const { make } = useSummaryActions();
  const own = useSummaryState((state) => state.failure);
  const last = useSummaryState((state) => state.answer?.failure ?? null);
  const isEditing = useSummaryState((state) => state.draft !== null);
  const failure = own ?? last;
  if (failure === null || isEditing) return null;
  return (
    <div role="alert" className="grid justify-items-start gap-2">
      <p className="text-ui text-pretty text-bad">{sayError(failure.code, failure.details)}</p>
      <Button
        size="sm"
        onClick={({ currentTarget }) => {
          focusSummary(currentTarget);
          void make(null);
        }}
      >
        {translate("retry")}
      </Button>
    </div>
  );
}
