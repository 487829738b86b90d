"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toApiError } from "@/lib/client/api";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";

type Saving = {
  change: () => Promise<unknown>;
  /** What takes the change back, offered for a while. */
  undo?: () => Promise<unknown>;
  /** What is said afterwards; "Saved" when left out. */
  text?: string;
  /** What a conflict means here, where there is only one that it can be. */
  conflictText?: string;
};

/** Makes a change at once, says so, and offers to take it back. Whether it succeeded. */
export function useSave(): (saving: Saving) => Promise<boolean> {
  const translate = useTranslations("common");
  const sayError = useErrorSentence();
  return useCallback(
    async ({ change, undo, text, conflictText }) => {
      const attempt = async (act: () => Promise<unknown>) => {
        try {
          await act();
          return true;
        } catch (error) {
          const { code, details } = toApiError(error);
          const isKnown = code === "conflict" && conflictText !== undefined;
          showToast({ text: isKnown ? conflictText : sayError(code, details), kind: "error" });
          return false;
        }
      };
      if (!(await attempt(change))) return false;
      const action =
        undo === undefined
          ? {}
          : { action: { label: translate("undo"), onSelect: () => void attempt(undo) } };
      showToast({ text: text ?? translate("saved"), ...action });
      return true;
    },
    [sayError, translate],
  );
}
