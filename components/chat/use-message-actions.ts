"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toApiError } from "@/lib/client/api";
import type { Failure } from "@/lib/client/chat/failure";
import { useConversationStore } from "@/lib/client/chat/use-conversation";
import { conversationTouched } from "@/lib/client/conversations";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";
import type { Message } from "@/lib/contracts/messages";
import { focusComposer, topOf } from "./message-place";

/** What can be done with a message that is there: deleted with undo, and branched off. */
export function useMessageActions({ id, parentId }: Message) {
  const translate = useTranslations("chat.message");
  const sayError = useErrorSentence();
  const router = useRouter();
  const store = useConversationStore();

  const complain = ({ code, details }: Failure) => {
    showToast({ kind: "error", text: sayError(code, details) });
  };
  const placeOfParent = () => (parentId === null ? 0 : topOf(parentId));

  const restore = async () => {
    const failure = await store.restore(id, parentId, placeOfParent());
    if (failure !== null) complain(failure);
  };

  const remove = async () => {
    const failure = await store.remove(id, placeOfParent());
    if (failure !== null) {
      complain(failure);
      return;
    }
    // The menu that one came from is gone with its message.
    if (document.activeElement === document.body) focusComposer();
    const undo = { label: translate("undo"), onSelect: () => void restore() };
    showToast({ text: translate("deleted"), action: undo });
  };

  const branchOff = async () => {
    try {
      const made = await store.branchOff(id);
      conversationTouched(made);
      router.push(`/c/${made.id}`);
      showToast({ text: translate("branchedOff") });
    } catch (error) {
      complain(toApiError(error));
    }
  };

  return { remove, branchOff };
}
