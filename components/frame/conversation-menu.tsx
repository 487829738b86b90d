"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import type { ConversationSummary } from "@/lib/contracts/conversations";

/** Which row's menu is open, and the button that opened it. */
export type MenuPlace = { conversation: ConversationSummary; button: HTMLButtonElement };

type ConversationMenuProps = {
  place: MenuPlace | null;
  isOpen: boolean;
  onClose: () => void;
  onRename: (id: string) => void;
  onDelete: (conversation: ConversationSummary) => void;
};

/** The menu of a row, put beside the button that asked for it. */
export function ConversationMenu(props: ConversationMenuProps) {
  const { place, isOpen, onClose, onRename, onDelete } = props;
  const translate = useTranslations("frame");
  // Acted upon once the menu is gone, so that it does not take the focus back from the field.
  const isRenameChosen = useRef(false);
  const neighbour = useRef<HTMLElement | null>(null);
  if (place === null) return null;
  const { conversation, button } = place;
  const { left, bottom } = button.getBoundingClientRect();
  return (
    <Menu
      open={isOpen}
      onOpenChange={(isNowOpen) => {
        if (!isNowOpen) onClose();
      }}
    >
      <MenuTrigger>
        <span aria-hidden tabIndex={-1} className="fixed size-0" style={{ left, top: bottom }} />
      </MenuTrigger>
      <MenuContent
        sideOffset={2}
        aria-labelledby={undefined}
        aria-label={translate("conversationMenu", { title: conversation.title })}
        onInteractOutside={(event) => {
          // The button closes what it opened by itself.
          if (event.target instanceof Node && button.contains(event.target)) event.preventDefault();
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          if (isRenameChosen.current) onRename(conversation.id);
          else (button.isConnected ? button : neighbour.current)?.focus();
          isRenameChosen.current = false;
        }}
      >
        <MenuItem
          icon={<Pencil aria-hidden />}
          shortcut="F2"
          onSelect={() => {
            isRenameChosen.current = true;
          }}
        >
          {translate("rename")}
        </MenuItem>
        <MenuItem
          isDangerous
          icon={<Trash2 aria-hidden />}
          onSelect={() => {
            neighbour.current = findNeighbour(button);
            onDelete(conversation);
          }}
        >
          {translate("delete")}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}

/** The title that takes the focus when the button's row goes away: the next, else the one before. */
function findNeighbour(button: HTMLElement): HTMLElement | null {
  const row = button.closest("li");
  const titles = [...(button.closest("nav")?.querySelectorAll<HTMLElement>("li a") ?? [])];
  const index = titles.findIndex((title) => row?.contains(title));
  return titles[index + 1] ?? titles[index - 1] ?? null;
}
