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
  onClose: () => void;
  onRename: (id: string) => void;
  onDelete: (conversation: ConversationSummary) => void;
};

/** The menu of a row, put beside the button that asked for it. */
export function ConversationMenu({ place, onClose, onRename, onDelete }: ConversationMenuProps) {
  const translate = useTranslations("frame");
  // Renaming takes the focus into its field; everything else gives it back to the button.
  const keepsFocus = useRef(true);
  if (place === null) return null;
  const { conversation, button } = place;
  const { left, bottom } = button.getBoundingClientRect();
  return (
    <Menu
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <MenuTrigger>
        <span aria-hidden tabIndex={-1} className="fixed size-0" style={{ left, top: bottom }} />
      </MenuTrigger>
      <MenuContent
        sideOffset={2}
        aria-labelledby={undefined}
        aria-label={translate("conversationMenu", { title: conversation.title })}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          if (keepsFocus.current) button.focus();
          keepsFocus.current = true;
        }}
      >
        <MenuItem
          icon={<Pencil aria-hidden />}
          shortcut="F2"
          onSelect={() => {
            keepsFocus.current = false;
            onRename(conversation.id);
          }}
        >
          {translate("rename")}
        </MenuItem>
        <MenuItem
          isDangerous
          icon={<Trash2 aria-hidden />}
          onSelect={() => {
            onDelete(conversation);
          }}
        >
          {translate("delete")}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
