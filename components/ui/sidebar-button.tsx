"use client";

import { clsx } from "clsx";
import { PanelLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { useNewAlertCount } from "@/lib/client/alerts/alerts";
import { useSidebar } from "@/lib/client/sidebar";
import { IconButton } from "./icon-button";

/** Brings the sidebar back, for the top bar of whatever is beside it; there while it is hidden. */
export function SidebarButton({ className }: { className?: string }) {
  const translate = useTranslations("frame");
  const translateAlerts = useTranslations("alerts.bell");
  // The bell is in the sidebar: while that is hidden, its button says that there is something.
  const newAlerts = useNewAlertCount();
  const { isOpen, isDrawerOpen, toggle } = useSidebar();
  return (
    <IconButton
      label={translate("openSidebar")}
      aria-expanded={isDrawerOpen}
      aria-description={
        newAlerts === 0 ? undefined : translateAlerts("newAlerts", { count: newAlerts })
      }
      className={clsx("relative", isOpen && "frame:hidden", className)}
      onClick={toggle}
    >
      <PanelLeft aria-hidden />
      {newAlerts > 0 && (
        <span aria-hidden className="absolute end-1 top-1 size-2 rounded-full bg-accent" />
      )}
    </IconButton>
  );
}
