"use client";

import { useSyncExternalStore } from "react";
import type { AttachmentTray, TrayView } from "./attachment-tray";
import { trayOf } from "./attachments-open";
import { useConversationStore } from "./use-conversation";

const empty: TrayView = { items: [], refusedCount: 0 };

/** The images of the message that is being written here. */
export function useTray(): AttachmentTray {
  return trayOf(useConversationStore());
}

/** What is in a tray, followed. The server knows of none: drafts are kept in the browser. */
export function useTrayView({ view }: AttachmentTray): TrayView {
  return useSyncExternalStore(view.subscribe, view.get, () => empty);
}
