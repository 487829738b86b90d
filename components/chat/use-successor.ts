"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toApiError } from "@/lib/client/api";
import { makeOneSuccessor, successorsStore } from "@/lib/client/chat/successors";
import { makeSuccessor } from "@/lib/client/chat/summary-api";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { conversationTouched } from "@/lib/client/conversations";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { useStore } from "@/lib/client/store";
import { showToast } from "@/lib/client/toasts";

/** The summary has to be made first; the server gives up after two minutes. */
const longestMs = 150_000;
/** A reason to read, and a way to try again. */
const failureMs = 30_000;

const none: ReadonlySet<string> = new Set();

/** A new conversation that begins with the summary of this one; then it is on the page. */
export function useSuccessor() {
  const translate = useTranslations("context.summary");
  const sayError = useErrorSentence();
  const router = useRouter();
  const id = useConversation((state) => state.id);
  const isMaking = useStore(successorsStore, none).has(id);

  const make = async () => {
    const { pathname } = window.location;
    if (successorsStore.get().has(id)) return;
    const hide = showToast({
      text: `${translate("successorBusy")} ${translate("successorBusyHint")}`,
      durationMs: longestMs,
    });
    try {
      const madeId = await makeOneSuccessor(id, makeSuccessor);
      hide();
      if (madeId === null) return;
      conversationTouched({ id: madeId });
      const open = () => {
        router.push(`/c/${madeId}`);
      };
      // Whoever has gone elsewhere meanwhile is not pulled away from there.
      const isHere = window.location.pathname === pathname;
      if (isHere) open();
      showToast({
        text: translate("successorDone"),
        ...(isHere ? {} : { action: { label: translate("successorOpen"), onSelect: open } }),
      });
    } catch (error) {
      hide();
      const { code, details } = toApiError(error);
      showToast({
        kind: "error",
        text: sayError(code, details),
        durationMs: failureMs,
        action: { label: translate("retry"), onSelect: () => void make() },
      });
    }
  };

  return { isMaking, make };
}
