"use client";

import { ImageOff, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { AttachmentTray as Tray, TrayItem } from "@/lib/client/chat/attachment-tray";
import { useTrayView } from "@/lib/client/chat/use-attachments";

/** The images of the message that is being written. */
export function AttachmentTray({ tray }: { tray: Tray }) {
  const translate = useTranslations("images");
  const { items } = useTrayView(tray);
  useEffect(() => {
    const wake = () => {
      tray.wake();
    };
    window.addEventListener("online", wake);
    return () => {
      window.removeEventListener("online", wake);
    };
  }, [tray]);
  if (items.length === 0) return null;
  return (
    <ul aria-label={translate("tray")} className="flex flex-wrap gap-2 px-1 pt-1 pb-2.5">
      {items.map((item) => (
        <Thumb key={item.key} item={item} tray={tray} />
      ))}
    </ul>
  );
}

function Thumb({ item: { key, name, previewUrl, state }, tray }: { item: TrayItem; tray: Tray }) {
  const translate = useTranslations("images");
  const isThere = state.phase === "ready";
  const isFailed = state.phase === "failed";
  return (
    <li
      className={`relative size-18 rounded-control border bg-surface ${isFailed ? "border-bad" : "border-line"}`}
    >
      {previewUrl === null || isFailed ? (
        <span className="grid size-full place-items-center text-bad">
          <ImageOff role="img" aria-label={name} className="size-5" />
        </span>
      ) : (
        <img
          src={previewUrl}
          alt={name}
          draggable={false}
          decoding="async"
          className={`size-full rounded-[7px] object-cover transition-opacity duration-150 ${isThere ? "" : "opacity-45"}`}
          onError={() => {
            if (isThere) void tray.checkImage(key);
          }}
        />
      )}
      {(state.phase === "uploading" || state.phase === "waiting") && (
        <Progress
          label={translate(state.phase === "waiting" ? "waiting" : "uploading", { name })}
          progress={state.phase === "waiting" ? null : state.progress}
        />
      )}
      <IconButton
        size="sm"
        label={translate("remove", { name })}
        className="absolute -end-2 -top-2 size-6! rounded-full! border border-line-strong bg-raised"
        onClick={() => {
          tray.remove(key);
        }}
      >
        <X aria-hidden className="size-3.5!" />
      </IconButton>
    </li>
  );
}

/** How far it is; null while nobody knows. All of it sent, the server is still at work. */
function Progress({ label, progress }: { label: string; progress: number | null }) {
  const percent = Math.round((progress ?? 0) * 100);
  const isMoving = progress !== null && percent < 100;
  return (
    <div
      role="progressbar"
      aria-label={label}
      {...(isMoving ? { "aria-valuenow": percent } : {})}
      className="absolute inset-x-1.5 bottom-1.5 h-1 overflow-hidden rounded-full bg-canvas"
    >
      <div
        className={`h-full rounded-full transition-[width] duration-150 ${progress === null ? "bg-warn" : "bg-accent"} ${isMoving ? "" : "breathe-text"}`}
        style={{ width: isMoving ? `${String(Math.max(6, percent))}%` : "100%" }}
      />
    </div>
  );
}
