"use client";

import { PanelLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSidebar } from "@/lib/client/sidebar";
import { IconButton } from "./icon-button";

/** Brings the sidebar back, for the top bar of whatever is beside it; there while it is hidden. */
export function SidebarButton({ className = "" }: { className?: string }) {
  const translate = useTranslations("frame");
  const { isOpen, isDrawerOpen, toggle } = useSidebar();
  return (
    <IconButton
      label={translate("openSidebar")}
      aria-expanded={isDrawerOpen}
      className={isOpen ? `frame:hidden ${className}` : className}
      onClick={toggle}
    >
      <PanelLeft aria-hidden />
    </IconButton>
  );
}
