"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { showToast } from "../toasts";
import { copyText } from "./copy-text";

const shownMs = 2_000;

/** Copies, and says for a moment that it did. */
export function useCopy(): { isCopied: boolean; copy: (text: string) => void } {
  const translate = useTranslations("chat.message");
  const [copiedAt, setCopiedAt] = useState<number | null>(null);

  useEffect(() => {
    if (copiedAt === null) return;
    const timer = setTimeout(() => {
      setCopiedAt(null);
    }, shownMs);
    return () => {
      clearTimeout(timer);
    };
  }, [copiedAt]);

  const copy = (text: string) => {
    void copyText(text).then((isDone) => {
      if (isDone) setCopiedAt(Date.now());
      else showToast({ kind: "error", text: translate("copyFailed") });
    });
  };
  return { isCopied: copiedAt !== null, copy };
}
