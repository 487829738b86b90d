"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ConversationPatch, ConversationSummary } from "@/lib/contracts/conversations";
import { callApi, toApiError } from "./api";
import { closeConversation, patchOpenConversation } from "./chat/conversations-open";
import { conversationDeleted, conversationRenamed, conversationRestored } from "./conversations";
import { useErrorSentence } from "./error-sentence";
import { inOrder } from "./in-order";
import { showToast } from "./toasts";

/** Changes a conversation, after what was asked of it before. @throws ApiError. */
function changeConversation(id: string, patch: ConversationPatch): Promise<void> {
  return inOrder(id, () => callApi("PATCH", pathOf(id), { body: patch }));
}

/** Says in passing why something did not work. */
export function useComplaint(): (error: unknown) => void {
  const sayError = useErrorSentence();
  return (error) => {
    const { code, details } = toApiError(error);
    showToast({ kind: "error", text: sayError(code, details) });
  };
}

/** Renames, deletes and brings back: at once, and taken back when the server says no. */
export function useConversationActions() {
  const translate = useTranslations("frame");
  const complain = useComplaint();
  const router = useRouter();
  const pathname = usePathname();

  const rename = async ({ id, title: before }: { id: string; title: string }, title: string) => {
    showTitle(id, title);
    try {
      await changeConversation(id, { title });
    } catch (error) {
      showTitle(id, before);
      complain(error);
    }
  };

  const restore = async (conversation: ConversationSummary, isWanted: boolean) => {
    const { id } = conversation;
    conversationRestored(conversation);
    try {
      await changeConversation(id, { isDeleted: false });
      if (isWanted) router.push(`/c/${id}`);
    } catch (error) {
      conversationDeleted(id);
      complain(error);
    }
  };

  const remove = async (conversation: ConversationSummary) => {
    const { id } = conversation;
    const wasOpen = pathname === `/c/${id}`;
    conversationDeleted(id);
    try {
      await inOrder(id, () => callApi("DELETE", pathOf(id)));
    } catch (error) {
      // Somebody else deleted it before: then it is as wished.
      if (toApiError(error).code === "not_found") return;
      conversationRestored(conversation);
      complain(error);
      return;
    }
    closeConversation(id);
    if (wasOpen) router.push("/");
    showToast({
      text: translate("deleted"),
      action: {
        label: translate("undo"),
        onSelect: () => void restore(conversation, wasOpen),
      },
    });
  };

  return { rename, remove, restore };
}

function showTitle(id: string, title: string): void {
  conversationRenamed({ id, title });
  patchOpenConversation(id, { title });
}

function pathOf(id: string): string {
  return `/api/conversations/${encodeURIComponent(id)}`;
}
