"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toApiError, callApi } from "@/lib/client/api";
import {
  conversationDeleted,
  conversationRenamed,
  conversationRestored,
} from "@/lib/client/conversations";
import { inOrder } from "@/lib/client/in-order";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";
import type { ConversationPatch, ConversationSummary } from "@/lib/contracts/conversations";

function change(id: string, method: "PATCH" | "DELETE", options?: { body: ConversationPatch }) {
  return inOrder(id, () => callApi(method, `/api/conversations/${id}`, options));
}

/** Renames and deletes at once, and takes it back when the server says no. */
export function useConversationActions() {
  const translate = useTranslations("frame");
  const sayError = useErrorSentence();
  const router = useRouter();
  const pathname = usePathname();

  const complain = (error: unknown) => {
    const { code, details } = toApiError(error);
    showToast({ kind: "error", text: sayError(code, details) });
  };

  const rename = async (conversation: ConversationSummary, title: string) => {
    const { id } = conversation;
    conversationRenamed({ id, title });
    try {
      await change(id, "PATCH", { body: { title } });
    } catch (error) {
      conversationRenamed({ id, title: conversation.title });
      complain(error);
    }
  };

  const restore = async (conversation: ConversationSummary, wasOpen: boolean) => {
    const { id } = conversation;
    conversationRestored(conversation);
    try {
      await change(id, "PATCH", { body: { isDeleted: false } });
      if (wasOpen) router.push(`/c/${id}`);
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
      await change(id, "DELETE");
    } catch (error) {
      // Somebody else deleted it before: then it is as wished.
      if (toApiError(error).code === "not_found") return;
      conversationRestored(conversation);
      complain(error);
      return;
    }
    if (wasOpen) router.push("/");
    showToast({
      text: translate("deleted"),
      action: {
        label: translate("undo"),
        onSelect: () => void restore(conversation, wasOpen),
      },
    });
  };

  return { rename, remove };
}
