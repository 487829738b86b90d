"use client";

import { useState } from "react";
import { toApiError } from "@/lib/client/api";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";
import type { ChannelTest } from "@/lib/contracts/alerts";
import { testAlertChannel } from "./alert-api";

/** Sends a test through a channel, and keeps what became of it. */
export function useAlertTest(channelId: string, onDone: () => void) {
  const sayError = useErrorSentence();
  const [outcome, setOutcome] = useState<ChannelTest | null>(null);
  const [isTesting, setIsTesting] = useState(false);
  const test = async () => {
    setOutcome(null);
    setIsTesting(true);
    try {
      setOutcome(await testAlertChannel(channelId));
      onDone();
    } catch (error) {
      const { code, details } = toApiError(error);
      showToast({ kind: "error", text: sayError(code, details) });
    }
    setIsTesting(false);
  };
  return { outcome, isTesting, test };
}
