"use client";

import dynamic from "next/dynamic";
import { useEffect, useRef, type ReactNode } from "react";
import { PartBoundary } from "@/components/ui/part-boundary";
import { focusComposer } from "./message-place";
import { closePanel, takeOpener, usePanel, type PanelName } from "./side-panel-address";
import { useIsCovering } from "./use-is-covering";

// Seldom open, so not part of the first load.
const SidePanel = dynamic(() => import("./side-panel").then((module) => module.SidePanel));
const PlanPanel = dynamic(() => import("./plan-panel").then((module) => module.PlanPanel), {
  ssr: false,
});

const contents: Record<PanelName, () => ReactNode> = {
  plan: () => <PlanPanel />,
};

/** The conversation, and the panel that pushes it aside or, on smaller pages, slides over it. */
export function SidePanelPlace({ children }: { children: ReactNode }) {
  const panel = usePanel();
  const isCovering = useIsCovering();
  const isOpen = panel !== null;
  const wasOpen = useRef(isOpen);

  useEffect(() => {
    if (wasOpen.current && !isOpen) giveFocusBack();
    wasOpen.current = isOpen;
  }, [isOpen]);

  return (
    <div className="relative flex min-h-0 flex-1 overflow-hidden">
      <div className="relative flex min-w-0 flex-1 flex-col" inert={isOpen && isCovering}>
        {children}
      </div>
      {isOpen && (
        <PartBoundary onMissing={closePanel}>
          <SidePanel name={panel} isCovering={isCovering}>
            {contents[panel]()}
          </SidePanel>
        </PartBoundary>
      )}
    </div>
  );
}

/** Unless somebody went on to something else meanwhile. */
function giveFocusBack(): void {
  const opener = takeOpener();
  if (document.activeElement !== document.body && document.activeElement !== null) return;
  if (opener === null) focusComposer();
  else opener.focus({ preventScroll: true });
}
