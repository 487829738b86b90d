"use client";

import { Receipt, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { isLive } from "@/lib/client/chat/candidate-group";
import { textOf, type CandidateView } from "@/lib/client/chat/conversation-state";
import { useConversationStore } from "@/lib/client/chat/use-conversation";
import { AnswerEnd } from "./answer-end";
import { AnswerParts } from "./answer-parts";
import { CandidateFigures } from "./candidate-figures";
import { CandidateState } from "./candidate-state";
import { CopyAction } from "./copy-action";
import { ReceiptTrigger } from "./receipt-trigger";
import { FailoverNote } from "./failover-note";
import { MessageBoundary } from "./message-boundary";
import { topOf } from "./message-place";

type CandidateColumnProps = { candidate: CandidateView; at: number; count: number };

/** One of several answers: who writes it, its words, its figures, and the way on with it. */
export const CandidateColumn = memo(function CandidateColumn(props: CandidateColumnProps) {
  const { candidate, at, count } = props;
  const { message } = candidate;
  const translate = useTranslations("candidates.columns");
  const model = message.model ?? "";
  return (
    <article
      data-message-id={message.id}
      aria-label={translate("column", { at: at + 1, count, model })}
      aria-busy={isLive(candidate)}
      className="flex min-w-0 snap-start flex-col gap-2 px-1 @2xl:border-s @2xl:border-line @2xl:px-4 @2xl:first:border-s-0 @2xl:first:ps-0 @2xl:last:pe-0"
    >
      <Header {...props} model={model} />
      {/* A short answer stays in sight beside a long one. */}
      <div className="flex flex-col gap-2 @2xl:sticky @2xl:top-9">
        <MessageBoundary message={message}>
          <FailoverNote message={message} />
          <AnswerParts message={message} />
          {!isLive(candidate) && <AnswerEnd message={message} isLast={false} />}
        </MessageBoundary>
        <Footer {...props} model={model} />
      </div>
    </article>
  );
});

function Header({ candidate, model }: CandidateColumnProps & { model: string }) {
  const translate = useTranslations("candidates.columns");
  const store = useConversationStore();
  return (
    <header className="sticky top-0 z-10 flex min-h-9 items-center gap-2 bg-canvas">
      <span className="min-w-0 truncate text-ui font-semibold" title={model}>
        {model}
      </span>
      {isLive(candidate) && (
        <>
          <CandidateState candidate={candidate} />
          <IconButton
            size="sm"
            className="ms-auto"
            label={translate("stop")}
            onClick={() => void store.stopCandidate(candidate.message.id)}
          >
            <Square aria-hidden fill="currentColor" className="!size-3" />
          </IconButton>
        </>
      )}
    </header>
  );
}

function Footer({ candidate, at, model }: CandidateColumnProps & { model: string }) {
  const translate = useTranslations("candidates.columns");
  const store = useConversationStore();
  const { message, figures } = candidate;
  const text = textOf(message);
  if (isLive(candidate)) return null;
  return (
    <footer className="flex flex-col gap-2 pt-1 pb-1">
      {figures !== null && <CandidateFigures figures={figures} />}
      {text !== "" && (
        <div className="flex items-center gap-1">
          <Button
            size="sm"
            aria-label={translate("goOnOf", { at: at + 1, model })}
            onClick={() => void store.goOnWith(message.id, topOf(message.id))}
          >
            {translate("goOn")}
          </Button>
          <CopyAction text={text} />
          <ReceiptTrigger messageId={message.id} className="text-ink-soft hover:text-ink">
            <span className="sr-only">{model}</span>
            <Receipt aria-hidden className="size-4" />
          </ReceiptTrigger>
        </div>
      )}
    </footer>
  );
}
