"use client";

import { clsx } from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useStore } from "@/lib/client/store";
import { hideToast, toastRegionId, toastStore, type Toast } from "@/lib/client/toasts";
import { Button } from "./button";
import { IconButton } from "./icon-button";

const none: readonly Toast[] = [];

/** Where showToast() speaks; once in the root layout. F8 brings the keyboard here. */
export function Toaster() {
  const translate = useTranslations("common");
  const toasts = useStore(toastStore, none);
  const region = useRef<HTMLElement>(null);

  useEffect(() => {
    const focusOnKey = (event: KeyboardEvent) => {
      if (event.key === "F8") region.current?.querySelector("button")?.focus();
    };
    window.addEventListener("keydown", focusOnKey);
    return () => {
      window.removeEventListener("keydown", focusOnKey);
    };
  }, []);

  return (
    <section
      ref={region}
      id={toastRegionId}
      data-keeps-panels
      aria-label={translate("notifications")}
      aria-live="polite"
      className={clsx(
        "pointer-events-none fixed inset-x-0 top-13 z-70 flex flex-col items-center gap-2 p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] frame:items-end frame:pe-4",
        "max-xl:[body:has([data-page-banner])_&]:top-26",
        // Beside a panel at the right; where that covers the page, at its foot. Its width and where
        // it covers are those of components/chat/side-panel.tsx.
        "min-[75rem]:[body:has([data-side-panel])_&]:pe-100",
        "max-[75rem]:[body:has([data-side-panel])_&]:top-auto! max-[75rem]:[body:has([data-side-panel])_&]:bottom-0",
        // Above what floats under the top bar, or rises from the foot.
        "[body:has([data-floating-panel])_&]:top-0!",
      )}
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} dismissLabel={translate("dismiss")} />
      ))}
    </section>
  );
}

function ToastCard({ toast, dismissLabel }: { toast: Toast; dismissLabel: string }) {
  const [isHeld, setIsHeld] = useState(false);

  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => {
      hideToast(toast.id);
    }, toast.durationMs);
    return () => {
      clearTimeout(timer);
    };
  }, [isHeld, toast]);

  const hold = () => {
    setIsHeld(true);
  };
  const release = () => {
    setIsHeld(false);
  };
  return (
    <div
      role={toast.kind === "error" ? "alert" : "status"}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
      className="float-in pointer-events-auto flex w-full max-w-md items-center gap-2 rounded-card border border-line bg-raised py-1.5 ps-4 pe-1.5 text-ui shadow-float"
    >
      <p className={toast.kind === "error" ? "flex-1 py-1 text-bad" : "flex-1 py-1"}>
        {toast.text}
      </p>
      {toast.action !== undefined && (
        <Button
          size="sm"
          onClick={() => {
            toast.action?.onSelect();
            hideToast(toast.id);
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton
        size="sm"
        label={dismissLabel}
        onClick={() => {
          hideToast(toast.id);
        }}
      >
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
