"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState, type ReactNode } from "react";
import type { ConversationsPage } from "@/lib/contracts/conversations";
import type { SidebarPreference } from "@/lib/contracts/preferences";
import { PartBoundary } from "@/components/ui/part-boundary";
import { AlertsContext, createAlertsStore } from "@/lib/client/alerts/alerts";
import {
  ConversationsContext,
  createConversationsStore,
  usePresentConversations,
} from "@/lib/client/conversations";
import { useAccountEvents } from "@/lib/client/events/use-account-events";
import { claimKeptText } from "@/lib/client/kept-text";
import { keepTimeZone } from "@/lib/client/preferences";
import { SidebarContext, createSidebarStore, sidebarActions } from "@/lib/client/sidebar";
import { useStore } from "@/lib/client/store";
import { showToast } from "@/lib/client/toasts";
import { FrameContext, type FrameValue } from "./frame-context";
import { PageBanner } from "./page-banner";
import { Sidebar } from "./sidebar";
import { SidebarResizer } from "./sidebar-resizer";
import { useAlertFeed } from "./use-alert-feed";
import { useDeletedElsewhere } from "./use-deleted-elsewhere";
import { useShortcuts } from "./use-shortcuts";

// Seldom wanted at once, so not part of the first load.
const Drawer = dynamic(() => import("./drawer").then((module) => module.Drawer), { ssr: false });
const Palette = dynamic(() => import("./palette").then((module) => module.Palette), { ssr: false });
const KeyList = dynamic(() => import("./key-list").then((module) => module.KeyList), {
  ssr: false,
});

type FrameProps = Omit<FrameValue, "show"> & {
  /** The build that the page came from. */
  build: string;
  sidebar: SidebarPreference;
  firstPage: ConversationsPage;
  children: ReactNode;
};

/** What is around every conversation: the sidebar, its shortcuts and what they open. */
export function Frame({ build, sidebar, firstPage, children, ...given }: FrameProps) {
  const translate = useTranslations();
  const [sidebarStore] = useState(() => createSidebarStore(sidebar));
  const [conversations] = useState(() => createConversationsStore(firstPage));
  const [alerts] = useState(createAlertsStore);
  const [shown, show] = useState<"palette" | "keys" | null>(null);
  const { isOpen, isDrawerOpen, widthPx } = useStore(sidebarStore);
  // Before anything below reads a draft.
  useState(() => {
    if (typeof window !== "undefined") claimKeptText(given.user.id, () => window.localStorage);
  });
  usePresentConversations(conversations);
  useAccountEvents(given.user.id);
  useDeletedElsewhere();
  useAlertFeed(alerts, given.user.id);
  useShortcuts(sidebarStore, show);
  useEffect(keepTimeZone, []);

  const close = () => {
    show(null);
  };
  const sayMissing = () => {
    close();
    sidebarActions(sidebarStore).setDrawer(false);
    showToast({ kind: "error", text: translate("frame.partMissing") });
  };
  return (
    <FrameContext value={{ ...given, show }}>
      <AlertsContext value={alerts}>
        <SidebarContext value={sidebarStore}>
          <ConversationsContext value={conversations}>
            <a
              href="#content"
              className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-70 focus:rounded-control focus:bg-raised focus:px-4 focus:py-2 focus:shadow-float"
            >
              {translate("common.skipToContent")}
            </a>
            <div className="flex h-dvh overflow-hidden">
              {isOpen && (
                <aside
                  aria-label={translate("frame.sidebar")}
                  className="relative hidden shrink-0 border-e border-line bg-surface frame:block"
                  style={{ width: widthPx }}
                >
                  <Sidebar />
                  <SidebarResizer />
                </aside>
              )}
              <main
                id="content"
                tabIndex={-1}
                className="relative flex min-w-0 flex-1 flex-col outline-none"
              >
                <PageBanner build={build} />
                {children}
              </main>
            </div>
            {(isDrawerOpen || shown !== null) && (
              <PartBoundary onMissing={sayMissing}>
                {isDrawerOpen && <Drawer />}
                {shown === "palette" && <Palette onClose={close} />}
                {shown === "keys" && <KeyList onClose={close} />}
              </PartBoundary>
            )}
          </ConversationsContext>
        </SidebarContext>
      </AlertsContext>
    </FrameContext>
  );
}
