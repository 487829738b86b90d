"use client";

import { PanelLeft, Search, SquarePen } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { clsx } from "clsx";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { useSidebar } from "@/lib/client/sidebar";
import { AlertBell } from "./alert-bell";
import { ConversationList } from "./conversation-list";
import { useFrame } from "./frame-context";
import { nameShortcut } from "./key-labels";
import { UserMenu } from "./user-menu";
import { Wordmark } from "./wordmark";

/** Everything in the sidebar, whether it stands at the side or slides in as a drawer. */
export function Sidebar() {
  const translate = useTranslations("frame");
  const { toggle, setDrawer } = useSidebar();
  const { show } = useFrame();
  const isNew = usePathname() === "/";
  return (
    <div className="flex h-full flex-col">
      <header className="flex h-13 items-center gap-0.5 ps-4 pe-2">
        <Wordmark />
        <IconButton
          label={translate("palette.title")}
          shortcut={nameShortcut("palette")}
          className="ms-auto"
          onClick={() => {
            setDrawer(false);
            show("palette");
          }}
        >
          <Search aria-hidden />
        </IconButton>
        <IconButton
          label={translate("closeSidebar")}
          shortcut={nameShortcut("sidebar")}
          onClick={toggle}
        >
          <PanelLeft aria-hidden />
        </IconButton>
      </header>
      <div className="px-2 pb-2">
        <Link
          href="/"
          isPlain
          prefetch={false}
          aria-current={isNew ? "page" : undefined}
          className={clsx(
            "flex h-9 items-center gap-2.5 rounded-control px-2.5 font-medium transition-colors duration-150 hover:bg-hover",
            isNew && "bg-hover",
          )}
          onClick={() => {
            setDrawer(false);
          }}
        >
          <SquarePen aria-hidden className="size-4 text-ink-soft" />
          {translate("newConversation")}
        </Link>
      </div>
      <ConversationList />
      <div className="flex items-center gap-1 border-t border-line p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        <UserMenu />
        <AlertBell />
      </div>
    </div>
  );
}
