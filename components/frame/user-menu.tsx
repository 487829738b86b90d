"use client";

import { ChevronsUpDown, Keyboard, LogOut, Settings } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { signOut } from "@/lib/client/auth";
import { showToast } from "@/lib/client/toasts";
import { useFrame } from "./frame-context";
import { nameShortcut } from "./key-labels";
import { PreferenceChoices } from "./preference-choices";

/** Who is signed in, and what is theirs to choose; at the sidebar's foot. */
export function UserMenu() {
  const translate = useTranslations("frame");
  const router = useRouter();
  const { user, show } = useFrame();

  const leave = async () => {
    try {
      await signOut();
      // A full load, so that nothing of this account stays in memory.
      window.location.assign("/sign-in");
    } catch {
      showToast({ kind: "error", text: translate("signOutFailed") });
    }
  };

  return (
    <div className="min-w-0 flex-1">
      <Menu>
        <MenuTrigger>
          <button
            type="button"
            className="flex h-11 w-full items-center gap-2.5 rounded-control px-2 text-start transition-colors duration-150 hover:bg-hover aria-expanded:bg-hover"
          >
            <span
              aria-hidden
              className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-small font-semibold text-accent"
            >
              {firstLetter(user.name)}
            </span>
            <span className="min-w-0 flex-1 truncate">
              {user.name}
              <span className="sr-only">, {translate("userMenu")}</span>
            </span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
          </button>
        </MenuTrigger>
        <MenuContent side="top" aria-label={translate("userMenu")} className="w-64">
          <p className="truncate px-2.5 pt-1 pb-1.5 text-small text-ink-faint">{user.email}</p>
          <MenuItem
            icon={<Settings aria-hidden />}
            onSelect={() => {
              router.push("/settings");
            }}
          >
            {translate("settings")}
          </MenuItem>
          <MenuItem
            icon={<Keyboard aria-hidden />}
            shortcut={nameShortcut("keys")}
            onSelect={() => {
              show("keys");
            }}
          >
            {translate("keys")}
          </MenuItem>
          <MenuSeparator />
          <PreferenceChoices />
          <MenuSeparator />
          <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void leave()}>
            {translate("signOut")}
          </MenuItem>
        </MenuContent>
      </Menu>
    </div>
  );
}

/** The first character as people see it, which may be more than one code unit. */
function firstLetter(name: string): string {
  const [first] = new Intl.Segmenter().segment(name);
  return first?.segment.toUpperCase() ?? "";
}
