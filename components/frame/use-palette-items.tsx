"use client";

import {
  Keyboard,
  Languages,
  MessageSquare,
  PanelLeft,
  Settings,
  SquarePen,
  SunMoon,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, type ReactNode } from "react";
import { loadMoreConversations, useConversationsStore } from "@/lib/client/conversations";
import { useSidebar } from "@/lib/client/sidebar";
import { useStore } from "@/lib/client/store";
import { locales, themes } from "@/lib/contracts/preferences";
import { useFrame } from "./frame-context";
import { nameShortcut } from "./key-labels";
import { usePreferences } from "./use-preferences";

export type PaletteItem = {
  id: string;
  label: string;
  icon: ReactNode;
  shortcut?: string;
  run: () => void;
};

const atMost = 50;
// Titles are searched in what is loaded; a search asks for this many more, page by page.
const searchedConversations = 1_000;

/** What the palette offers for a query: actions first, then conversations by their title. */
export function usePaletteItems(query: string): PaletteItem[] {
  const actions = useActions();
  const conversations = useFoundConversations(query);
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const matches = (label: string) =>
    words.every((word) => label.toLocaleLowerCase().includes(word));
  return [...actions, ...conversations].filter(({ label }) => matches(label)).slice(0, atMost);
}

function useActions(): PaletteItem[] {
  const translate = useTranslations("frame");
  const common = useTranslations("common");
  const router = useRouter();
  const { show } = useFrame();
  const { toggle, isOpen } = useSidebar();
  const { theme, locale, setTheme, setLocale } = usePreferences();
  return [
    {
      id: "new",
      label: translate("newConversation"),
      icon: <SquarePen aria-hidden />,
      shortcut: nameShortcut("newConversation"),
      run: () => {
        router.push("/");
      },
    },
    {
      id: "settings",
      label: translate("settings"),
      icon: <Settings aria-hidden />,
      run: () => {
        router.push("/settings");
      },
    },
    {
      id: "sidebar",
      label: translate(isOpen ? "closeSidebar" : "openSidebar"),
      icon: <PanelLeft aria-hidden />,
      shortcut: nameShortcut("sidebar"),
      run: toggle,
    },
    ...themes
      .filter((one) => one !== theme)
      .map((one) => ({
        id: `theme-${one}`,
        label: translate("palette.themeTo", { theme: common(`themes.${one}`) }),
        icon: <SunMoon aria-hidden />,
        run: () => {
          setTheme(one);
        },
      })),
    ...locales
      .filter((one) => one !== locale)
      .map((one) => ({
        id: `locale-${one}`,
        label: translate("palette.languageTo", { language: common(`languages.${one}`) }),
        icon: <Languages aria-hidden />,
        run: () => {
          setLocale(one);
        },
      })),
    {
      id: "keys",
      label: translate("keys"),
      icon: <Keyboard aria-hidden />,
      shortcut: nameShortcut("keys"),
      run: () => {
        show("keys");
      },
    },
  ];
}

function useFoundConversations(query: string): PaletteItem[] {
  const translate = useTranslations("frame");
  const router = useRouter();
  const store = useConversationsStore();
  const { conversations, paging } = useStore(store);

  const wantsMore = query.trim() !== "" && conversations.length < searchedConversations;
  useEffect(() => {
    if (wantsMore && paging === "idle") void loadMoreConversations(store);
  }, [wantsMore, paging, store]);

  return conversations.map(({ id, title }) => ({
    id,
    label: title === "" ? translate("untitled") : title,
    icon: <MessageSquare aria-hidden />,
    run: () => {
      router.push(`/c/${id}`);
    },
  }));
}
