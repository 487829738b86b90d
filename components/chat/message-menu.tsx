"use client";

import { Ellipsis, PencilLine, Split, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { isBusy } from "@/lib/client/chat/conversation-state";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import type { Message } from "@/lib/contracts/messages";
import { useMessageActions } from "./use-message-actions";

/** What is seldom done with a message. The menu itself is made when it is opened first. */
export function MessageMenu({ message }: { message: Message }) {
  const translate = useTranslations("chat.message");
  const [isWanted, setIsWanted] = useState(false);
  // An answer's text is changed from here; a user's message has a button for it.
  const edits = message.role === "assistant" ? { "data-edits": true } : {};
  const icon = <Ellipsis aria-hidden />;
  if (isWanted) {
    return (
      <Menu defaultOpen>
        <MenuTrigger>
          <IconButton size="sm" label={translate("more")} {...edits}>
            {icon}
          </IconButton>
        </MenuTrigger>
        <Items message={message} />
      </Menu>
    );
  }
  return (
    <IconButton
      size="sm"
      label={translate("more")}
      aria-haspopup="menu"
      aria-expanded={false}
      {...edits}
      onClick={() => {
        setIsWanted(true);
      }}
    >
      {icon}
    </IconButton>
  );
}

function Items({ message }: { message: Message }) {
  const translate = useTranslations("chat.message");
  const store = useConversationStore();
  const { remove, branchOff } = useMessageActions(message);
  const isBlocked = useConversation((state) => isBusy(state.turn));
  const keepsFocus = useRef(false);
  return (
    <MenuContent
      align={message.role === "user" ? "end" : "start"}
      onCloseAutoFocus={(event) => {
        // The editor has it.
        if (keepsFocus.current) event.preventDefault();
        keepsFocus.current = false;
      }}
    >
      {message.role === "assistant" && (
        <MenuItem
          icon={<PencilLine aria-hidden />}
          onSelect={() => {
            keepsFocus.current = true;
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
      <MenuItem
        icon={<Trash2 aria-hidden />}
        isDangerous
        disabled={isBlocked}
        onSelect={() => void remove()}
      >
        {translate("delete")}
      </MenuItem>
    </MenuContent>
  );
}
