"use client";

import { useState } from "react";
import { imagesOf } from "@/lib/client/chat/attachment-parts";
import type { AttachmentTray } from "@/lib/client/chat/attachment-tray";
import { openTray } from "@/lib/client/chat/attachments-open";
import { useConversationStore } from "@/lib/client/chat/use-conversation";
import type { Message } from "@/lib/contracts/messages";

/** The images of a message while it is changed: its own, until some are added or removed. */
export function useEditTray(message: Message): AttachmentTray {
  const store = useConversationStore();
  const [tray] = useState(() =>
    openTray(store.readEditImages(message.id) ?? imagesOf(message), (images) => {
      store.keepEditImages(message.id, images);
    }),
  );
  return tray;
}
