"use client";

import { ImagePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { AttachmentTray } from "@/lib/client/chat/attachment-tray";
import { useTrayView } from "@/lib/client/chat/use-attachments";
import { limits } from "@/lib/contracts/limits";

/** Picks images; on a phone from the camera or the photos too. */
export function AttachmentButton({ tray }: { tray: AttachmentTray }) {
  const translate = useTranslations("images");
  const input = useRef<HTMLInputElement>(null);
  const isFull = useTrayView(tray).items.length >= limits.imagesPerMessage;
  return (
    <>
      <input
        ref={input}
        type="file"
        // Of kinds that the server does not read, such as HEIC, the browser may make one it does.
        accept="image/*"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          tray.add([...(currentTarget.files ?? [])]);
          // The same file can be picked once more.
          currentTarget.value = "";
        }}
      />
      <IconButton
        label={translate("add")}
        disabled={isFull}
        onClick={() => {
          input.current?.click();
        }}
      >
        <ImagePlus aria-hidden />
      </IconButton>
    </>
  );
}
