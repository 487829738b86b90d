"use client";

import { useTranslations } from "next-intl";
import { sidebarWidths } from "@/lib/contracts/preferences";
import { useSidebar } from "@/lib/client/sidebar";

const stepPx = 16;

/** The sidebar's edge: drag it, or use the arrow keys; a double click brings the width back. */
export function SidebarResizer() {
  const translate = useTranslations("frame");
  const { widthPx, setWidth } = useSidebar();
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={translate("resizeSidebar")}
      aria-valuenow={widthPx}
      aria-valuemin={sidebarWidths.min}
      aria-valuemax={sidebarWidths.max}
      tabIndex={0}
      className="absolute inset-y-0 -end-1 z-10 w-2 cursor-col-resize touch-none transition-colors duration-150 after:absolute after:inset-y-0 after:start-[3px] after:w-px hover:after:bg-accent focus-visible:outline-none focus-visible:after:w-0.5 focus-visible:after:bg-accent"
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) setWidth(event.clientX);
      }}
      onDoubleClick={() => {
        setWidth(sidebarWidths.default);
      }}
      onKeyDown={(event) => {
        const next = {
          ArrowLeft: widthPx - stepPx,
          ArrowRight: widthPx + stepPx,
          Home: sidebarWidths.min,
          End: sidebarWidths.max,
        }[event.key];
        if (next === undefined) return;
        event.preventDefault();
        setWidth(next);
      }}
    />
  );
}
