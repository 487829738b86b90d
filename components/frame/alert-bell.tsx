"use client";

import { Bell } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { PartBoundary } from "@/components/ui/part-boundary";
import { useAlerts } from "@/lib/client/alerts/alerts";
import { showToast } from "@/lib/client/toasts";
import { useFrame } from "./frame-context";

const loadPanel = () => import("./alert-panel").then((module) => module.AlertPanel);

// Loaded when somebody reaches for it.
const AlertPanel = dynamic(loadPanel, { ssr: false });

const prepare = () => {
  loadPanel().catch(() => undefined);
};

/** More than these need no exact number. */
const countedAtMost = 99;

/** How many alerts are new; opens them. A member who never had one has no bell. */
export function AlertBell() {
  const translate = useTranslations("alerts.bell");
  const translateFrame = useTranslations("frame");
  const { user } = useFrame();
  const { page } = useAlerts();
  const [trigger, setTrigger] = useState<HTMLElement | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const count = page?.newCount ?? 0;
  const hasAny = page !== null && page.alerts.length > 0;
  if (!user.isAdmin && !hasAny) return null;

  const close = () => {
    setIsOpen(false);
  };
  return (
    <>
      <IconButton
        ref={setTrigger}
        label={count === 0 ? translate("open") : translate("openNew", { count })}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        className="relative"
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
      >
        <Bell aria-hidden />
        {count > 0 && (
          <span
            aria-hidden
            className="absolute end-0 top-0 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[0.6875rem] leading-none font-semibold text-on-accent tabular-nums"
          >
            {count > countedAtMost ? `${String(countedAtMost)}+` : count}
          </span>
        )}
      </IconButton>
      {isOpen && (
        <PartBoundary
          onMissing={() => {
            close();
            showToast({ kind: "error", text: translateFrame("partMissing") });
          }}
        >
          <AlertPanel trigger={trigger} onClose={close} />
        </PartBoundary>
      )}
    </>
  );
}
