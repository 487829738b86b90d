"use client";

import { useTranslations } from "next-intl";
import { showToast } from "../toasts";

/** Says in passing what was done with the context, and how to undo it where that can be. */
export function useUndoToast(): (text: string, undo: (() => void) | null) => void {
  const translate = useTranslations("context.actions");
  return (text, undo) => {
    const action = undo === null ? {} : { action: { label: translate("undo"), onSelect: undo } };
    showToast({ text, ...action });
  };
}
