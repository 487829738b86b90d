"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import { useEffect, useRef } from "react";
import { useSidebar, wideMedia } from "@/lib/client/sidebar";
import { Sidebar } from "./sidebar";

/** The sidebar of a narrow page: over it, while wanted. */
export function Drawer() {
  const translate = useTranslations("frame");
  const { isDrawerOpen, setDrawer } = useSidebar();
  const pathname = usePathname();

  // Whoever chose something in it has arrived.
  const openedAt = useRef(pathname);
  useEffect(() => {
    if (pathname !== openedAt.current) setDrawer(false);
  }, [pathname, setDrawer]);

  useEffect(() => {
    const wide = window.matchMedia(wideMedia);
    const close = () => {
      setDrawer(false);
    };
    wide.addEventListener("change", close);
    return () => {
      wide.removeEventListener("change", close);
    };
  }, [setDrawer]);

  return (
    <Dialog.Root open={isDrawerOpen} onOpenChange={setDrawer}>
      <Dialog.Portal>
        <Dialog.Overlay className="fade-in fixed inset-0 z-40 bg-scrim frame:hidden" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // The drawer itself, not its first button: nothing in it is meant yet.
            event.preventDefault();
            if (event.target instanceof HTMLElement) event.target.focus();
          }}
          className="slide-in fixed inset-y-0 start-0 z-40 w-[min(20rem,86vw)] border-e border-line bg-surface shadow-float outline-none frame:hidden"
        >
          <Dialog.Title className="sr-only">{translate("sidebar")}</Dialog.Title>
          <Sidebar />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
