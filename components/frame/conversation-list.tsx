"use client";

import { usePathname } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useCallback, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useConversationActions } from "@/lib/client/use-conversation-actions";
import { useConversations } from "@/lib/client/conversations";
import { useHydrated } from "@/lib/client/use-hydrated";
import { groupByDay, type DayGroup } from "@/lib/domain/conversation/days";
import { ConversationMenu, type MenuPlace } from "./conversation-menu";
import { ConversationRow } from "./conversation-row";
import { useFrame } from "./frame-context";
import { MoreConversations } from "./more-conversations";
import { RenameRow } from "./rename-row";

/** The conversations by day. One menu serves all rows, so that thousands of them stay light. */
export function ConversationList() {
  const translate = useTranslations("frame");
  const { conversations } = useConversations();
  const groups = useDayGroups();
  const nameGroup = useGroupName();
  const pathname = usePathname();
  // The drawer draws the list a second time.
  const id = useId();
  const list = useRef<HTMLElement>(null);
  const [place, setPlace] = useState<MenuPlace | null>(null);
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const [renamedId, setRenamedId] = useState<string | null>(null);
  const { rename, remove } = useConversationActions();

  const openMenu = useCallback((next: MenuPlace) => {
    setPlace(next);
    setIsMenuOpen((isOpen) => !isOpen);
  }, []);

  if (conversations.length === 0) {
    return <p className="flex-1 px-4.5 py-2 text-ink-faint">{translate("empty")}</p>;
  }
  return (
    <nav
      ref={list}
      aria-label={translate("sidebar")}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2"
      onKeyDown={(event) => {
        moveFocus(event, list.current);
      }}
    >
      {groups.map((group) => (
        <section key={group.key} aria-labelledby={`${id}-${group.key}`}>
          <h2
            id={`${id}-${group.key}`}
            className="px-2.5 pt-3 pb-1 text-small font-medium text-ink-faint"
          >
            {nameGroup(group.key)}
          </h2>
          <ul>
            {group.conversations.map((conversation) =>
              conversation.id === renamedId ? (
                <RenameRow
                  key={conversation.id}
                  title={conversation.title}
                  onDone={(title) => {
                    setRenamedId(null);
                    if (title !== null) void rename(conversation, title);
                  }}
                />
              ) : (
                <ConversationRow
                  key={conversation.id}
                  conversation={conversation}
                  isCurrent={pathname === `/c/${conversation.id}`}
                  isMenuOpen={isMenuOpen && place?.conversation.id === conversation.id}
                  onMenu={openMenu}
                  onRename={setRenamedId}
                />
              ),
            )}
          </ul>
        </section>
      ))}
      <MoreConversations />
      <ConversationMenu
        place={place}
        isOpen={isMenuOpen}
        onClose={() => {
          setIsMenuOpen(false);
        }}
        onRename={setRenamedId}
        onDelete={(conversation) => void remove(conversation)}
      />
    </nav>
  );
}

function useDayGroups(): DayGroup[] {
  const { conversations } = useConversations();
  const { renderedAt, timeZone } = useFrame();
  const isHydrated = useHydrated();
  return useMemo(
    () =>
      isHydrated
        ? groupByDay(conversations, new Date(), Intl.DateTimeFormat().resolvedOptions().timeZone)
        : groupByDay(conversations, new Date(renderedAt), timeZone),
    [conversations, isHydrated, renderedAt, timeZone],
  );
}

function useGroupName(): (key: DayGroup["key"]) => string {
  const translate = useTranslations("frame.days");
  const format = useFormatter();
  return (key) => {
    if (key === "today" || key === "yesterday" || key === "week" || key === "month") {
      return translate(key);
    }
    const [year, month] = key.split("-").map(Number);
    const midMonth = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, 15));
    return format.dateTime(midMonth, { year: "numeric", month: "long", timeZone: "UTC" });
  };
}

/** Up and down go from title to title. */
function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLAnchorElement)) return;
  const links = [...(list?.querySelectorAll<HTMLAnchorElement>("li a") ?? [])];
  const next = links[links.indexOf(event.target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
