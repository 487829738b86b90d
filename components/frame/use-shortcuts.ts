"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { sidebarActions, type SidebarStore } from "@/lib/client/sidebar";
import { nameKey } from "./name-key";

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
