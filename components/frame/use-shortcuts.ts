"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { sidebarActions, type SidebarStore } from "@/lib/client/sidebar";

/** The shortcuts that work everywhere in the frame, also while one is typing. */
export function useShortcuts(
  sidebar: SidebarStore,
  show: (what: "palette" | "keys") => void,
): void {
  const router = useRouter();

  const handle = useEffectEvent((event: KeyboardEvent) => {
    const action = {
      k: () => {
        show("palette");
      },
      "/": () => {
        show("keys");
      },
      b: () => {
        sidebarActions(sidebar).toggle();
      },
      "shift+o": () => {
        router.push("/");
      },
    }[nameKey(event) ?? ""];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      handle(event);
    };
    window.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", listen);
    };
  }, []);
}

/** `k`, `/` or `shift+o` when it is pressed with Ctrl or ⌘ and nothing else; null otherwise. */
export function nameKey(event: {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}): string | null {
  if (event.ctrlKey === event.metaKey || event.altKey) return null;
  // The slash needs Shift on some keyboards, so it is known by its character there.
  if (event.key === "/" || (event.code === "Slash" && !event.shiftKey)) return "/";
  return `${event.shiftKey ? "shift+" : ""}${event.key.toLowerCase()}`;
}
