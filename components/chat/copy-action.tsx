"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { useCopy } from "@/lib/client/chat/use-copy";

export function CopyAction({ text }: { text: string }) {
  const translate = useTranslations("chat.message");
  const { isCopied, copy } = useCopy();
  return (
    <IconButton
      size="sm"
      label={translate(isCopied ? "copied" : "copy")}
      onClick={() => {
        copy(text);
      }}
    >
      {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
    </IconButton>
  );
}
