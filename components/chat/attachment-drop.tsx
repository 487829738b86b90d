"use client";

import { ImagePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { AttachmentTray } from "@/lib/client/chat/attachment-tray";

/** Takes files that are dropped anywhere on the page, and says so while they are above it. */
export function AttachmentDrop({ tray }: { tray: AttachmentTray }) {
  const translate = useTranslations("images");
  const [isOver, setIsOver] = useState(false);
  useEffect(() => followFiles(tray, setIsOver), [tray]);
  if (!isOver) return null;
  return (
    <div className="fade-in pointer-events-none absolute inset-2 z-30 grid place-items-center rounded-card border-2 border-dashed border-accent bg-canvas/90">
      <p role="status" className="flex items-center gap-2.5 text-base text-ink">
        <ImagePlus aria-hidden className="size-5 text-accent" />
        {translate("drop")}
      </p>
    </div>
  );
}

function followFiles(tray: AttachmentTray, setIsOver: (isOver: boolean) => void): () => void {
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") === true;
  const handleOver = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    // Without this the browser would leave the page and show the file.
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
    setIsOver(true);
  };
  const handleLeave = (event: DragEvent) => {
    // From one element of the page to another it has a neighbour.
    if (event.relatedTarget === null) setIsOver(false);
  };
  const handleDrop = (event: DragEvent) => {
    setIsOver(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    tray.add([...(event.dataTransfer?.files ?? [])]);
    document.querySelector<HTMLElement>("textarea[name=message]")?.focus({ preventScroll: true });
  };
  const stop = new AbortController();
  const { signal } = stop;
  window.addEventListener("dragenter", handleOver, { signal });
  window.addEventListener("dragover", handleOver, { signal });
  window.addEventListener("dragleave", handleLeave, { signal });
  window.addEventListener("drop", handleDrop, { signal });
  return () => {
    stop.abort();
  };
}
