"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { callApi, toApiError } from "@/lib/client/api";
import { closeConversation } from "@/lib/client/chat/conversations-open";
import { useConversationStore } from "@/lib/client/chat/use-conversation";
import {
  conversationDeleted,
  conversationRenamed,
  conversationRestored,
} from "@/lib/client/conversations";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";
import type { ConversationPatch } from "@/lib/contracts/conversations";

/** What can be done with the conversation on the page: at once, and taken back when refused. */
export function useConversationActions() {
  const translate = useTranslations("chat.menu");
  const sayError = useErrorSentence();
  const router = useRouter();
  const store = useConversationStore();

  const complain = (error: unknown) => {
    const { code, details } = toApiError(error);
    showToast({ kind: "error", text: sayError(code, details) });
  };
  const send = (id: string, patch: ConversationPatch) =>
    callApi("PATCH", `/api/conversations/${id}`, { body: patch });

  const rename = async (id: string, before: string, title: string) => {
    const show = (shown: string) => {
      store.patch({ title: shown });
      conversationRenamed({ id, title: shown });
    };
    show(title);
    try {
      await send(id, { title });
    } catch (error) {
      show(before);
      complain(error);
    }
  };

  /** Keeps a choice with the conversation; one that is not saved yet sends it with its first turn. */
  const change = async (patch: Pick<ConversationPatch, "modelId" | "systemPrompt">) => {
    const before = store.get();
    store.patch(patch);
    if (!before.isSaved) return;
    try {
      await send(before.id, patch);
    } catch (error) {
      store.patch({ modelId: before.modelId, systemPrompt: before.systemPrompt });
      complain(error);
    }
  };

  const restore = async (id: string, title: string) => {
    try {
      await send(id, { isDeleted: false });
      conversationRestored({ id, title, updatedAt: new Date().toISOString(), isAnswering: false });
      router.push(`/c/${id}`);
    } catch (error) {
      complain(error);
    }
  };

  const remove = async () => {
    const { id, title } = store.get();
    try {
      await callApi("DELETE", `/api/conversations/${id}`);
    } catch (error) {
      complain(error);
      return;
    }
    conversationDeleted(id);
    closeConversation(id);
    router.push("/");
    showToast({
      text: translate("deleted"),
      action: { label: translate("undo"), onSelect: () => void restore(id, title) },
    });
  };

  return { rename, change, remove };
}
