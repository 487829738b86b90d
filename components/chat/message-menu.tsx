"use client";

import { Ellipsis, PencilLine, Split, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { isBusy } from "@/lib/client/chat/conversation-state";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import type { Message } from "@/lib/contracts/messages";
import { MessageMarks } from "./message-marks";
import { useMessageActions } from "./use-message-actions";

/** What is seldom done with a message. */
export function MessageMenu({ message }: { message: Message }) {
  const translate = useTranslations("chat.message");
  const isEditBegun = useRef(false);
  // An answer's text is changed from here; a user's message has a button for it.
  const edits = message.role === "assistant" ? { "data-edits": true } : {};
  return (
    <Menu>
      <MenuTrigger>
        <IconButton size="sm" label={translate("more")} {...edits}>
          <Ellipsis aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent
        align={message.role === "user" ? "end" : "start"}
        onCloseAutoFocus={(event) => {
          // Then the editor has the keyboard.
          if (isEditBegun.current) event.preventDefault();
          isEditBegun.current = false;
        }}
      >
        <Items
          message={message}
          onEdit={() => {
            isEditBegun.current = true;
          }}
        />
      </MenuContent>
    </Menu>
  );
}

function Items({ message, onEdit }: { message: Message; onEdit: () => void }) {
  const translate = useTranslations("chat.message");
  const store = useConversationStore();
  const { remove, branchOff } = useMessageActions(message);
  const isBlocked = useConversation((state) => isBusy(state.turn));
  return (
    <>
      {message.role === "assistant" && (
        <MenuItem
          icon={<PencilLine aria-hidden />}
          onSelect={() => {
            onEdit();
            store.beginEdit(message.id);
          }}
        >
          {translate("editText")}
        </MenuItem>
      )}
      <MenuItem icon={<Split aria-hidden />} onSelect={() => void branchOff()}>
        {translate("branchOff")}
      </MenuItem>
      <MenuSeparator />
      <MessageMarks message={message} />
      <MenuSeparator />
      <MenuItem
        icon={<Trash2 aria-hidden />}
        isDangerous
        disabled={isBlocked}
        onSelect={() => void remove()}
      >
        {translate("delete")}
      </MenuItem>
    </>
  );
}
