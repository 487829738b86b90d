"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { AttachmentTray, TrayView } from "@/lib/client/chat/attachment-tray";
import { useTrayView } from "@/lib/client/chat/use-attachments";
import type { ModelOption } from "@/lib/contracts/providers";

/** Whether a model is known not to see. */
export const isBlind = (model: ModelOption | null): boolean => model?.capabilities.vision === "no";

/** What the images of the message mean for its sending. */
export function useComposerImages(tray: AttachmentTray, model: ModelOption | null) {
  const { items } = useTrayView(tray);
  const hasImages = items.length > 0;
  const hasFailed = items.some(({ state }) => state.phase === "failed");
  return {
    hasImages,
    isUploading: items.some(
      ({ state }) => state.phase === "uploading" || state.phase === "waiting",
    ),
    /** Somebody has to decide first. */
    isHindered: hasFailed || (hasImages && isBlind(model)),
  };
}

/** Sends once what is being uploaded is there, unless something is written before that. */
export function useSendWhenReady({ view }: AttachmentTray, sendNow: () => void) {
  const [isSendWanted, setIsSendWanted] = useState(false);
  const finish = useEffectEvent(() => {
    setIsSendWanted(false);
    // One that failed keeps the message back.
    if (view.get().items.every(({ state }) => state.phase === "ready")) sendNow();
  });
  useEffect(() => {
    if (!isSendWanted) return;
    return view.subscribe(() => {
      if (!isUploading(view.get())) finish();
    });
  }, [isSendWanted, view]);
  return {
    isSendWanted,
    send: () => {
      if (isUploading(view.get())) setIsSendWanted(true);
      else sendNow();
    },
    forgetSend: () => {
      setIsSendWanted(false);
    },
  };
}

const isUploading = ({ items }: TrayView): boolean =>
  items.some(({ state }) => state.phase === "uploading" || state.phase === "waiting");
