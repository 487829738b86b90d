"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { AttachmentTray, TrayItem } from "@/lib/client/chat/attachment-tray";
import { useTrayView } from "@/lib/client/chat/use-attachments";
import { useConversationStore } from "@/lib/client/chat/use-conversation";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { limits } from "@/lib/contracts/limits";
import { useCurrentModel } from "./chat-context";
import { isBlind } from "./use-composer-images";

type AttachmentNoticeProps = { tray: AttachmentTray; isSendWanted: boolean };

/** What is to be known or decided about the images before they go out. */
export function AttachmentNotice({ tray, isSendWanted }: AttachmentNoticeProps) {
  const translate = useTranslations("images");
  const store = useConversationStore();
  const { model } = useCurrentModel();
  const { items, refusedCount } = useTrayView(tray);
  const isUnseen = items.length > 0 && isBlind(model);
  const isOffline = items.some(({ state }) => state.phase === "waiting");
  const quiet = isOffline
    ? translate("offline")
    : isSendWanted
      ? translate("sendsWhenReady")
      : refusedCount > 0
        ? translate("tooMany", { count: refusedCount, limit: limits.imagesPerMessage })
        : "";
  return (
    <>
      <div role="alert" className="flex flex-col">
        {items.map((item) => (
          <Failure key={item.key} item={item} tray={tray} />
        ))}
        {isUnseen && (
          <Line>
            <span className="min-w-48 flex-1 text-warn">
              {translate("unseen", { model: model?.label ?? "" })}
            </span>
            <Button
              size="sm"
              variant="ghost"
              onClick={() => {
                tray.removeAll();
              }}
            >
              {translate("removeAll", { count: items.length })}
            </Button>
            <Button
              size="sm"
              onClick={() => {
                store.patch({ isModelPickerOpen: true });
              }}
            >
              {translate("pickModel")}
            </Button>
          </Line>
        )}
      </div>
      <p
        role="status"
        className={`mt-1.5 px-2 text-small text-ink-soft ${quiet === "" ? "hidden" : ""}`}
      >
        {quiet}
      </p>
    </>
  );
}

function Failure({ item: { key, name, state }, tray }: { item: TrayItem; tray: AttachmentTray }) {
  const translate = useTranslations("images");
  const sayError = useErrorSentence();
  if (state.phase !== "failed") return null;
  const { code, details } = state.failure;
  const reason = code === "not_found" ? translate("gone") : sayError(code, details);
  return (
    <Line>
      <span className="min-w-48 flex-1">
        <span className="text-bad">{translate("failed", { name })}</span>{" "}
        <span className="text-ink-soft">{reason}</span>
      </span>
      <Button
        size="sm"
        variant="ghost"
        onClick={() => {
          tray.remove(key);
        }}
      >
        {translate("removeOne")}
      </Button>
      {state.canRetry && (
        <Button
          size="sm"
          onClick={() => {
            tray.retry(key);
          }}
        >
          {translate("retry")}
        </Button>
      )}
    </Line>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <div className="mt-1.5 flex flex-wrap items-center justify-end gap-2 px-2 text-ui">
      {children}
    </div>
  );
}
