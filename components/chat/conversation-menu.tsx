"use client";

import { CornerDownRight, Ellipsis, ScrollText, Search, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { useFind } from "./find-context";
import { useConversationActions } from "./use-conversation-actions";
import { useSuccessor } from "./use-successor";

// Seldom wanted, so not part of the first load.
const SystemPromptDialog = dynamic(
  () => import("./system-prompt-dialog").then((module) => module.SystemPromptDialog),
  { ssr: false },
);

export function ConversationMenu() {
  const translate = useTranslations("chat.menu");
  const isSaved = useConversation((state) => state.isSaved);
  const hasMessages = useConversation((state) => state.messages.length > 0);
  const { remove } = useConversationActions();
  const successor = useSuccessor();
  const translateSummary = useTranslations("context.summary");
  const find = useFind();
  const [isPromptOpen, setIsPromptOpen] = useState(false);
  return (
    <>
      <Menu>
        <MenuTrigger>
          <IconButton label={translate("label")}>
            <Ellipsis aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
          {isSaved && (
            <MenuItem
              icon={<Search aria-hidden />}
              onSelect={() => {
                find.open();
              }}
            >
              {translate("find")}
            </MenuItem>
          )}
          <MenuItem
            icon={<ScrollText aria-hidden />}
            onSelect={() => {
              setIsPromptOpen(true);
            }}
          >
            {translate("systemPrompt")}
          </MenuItem>
          {isSaved && hasMessages && (
            <MenuItem
              icon={<CornerDownRight aria-hidden />}
              disabled={successor.isMaking}
              onSelect={() => void successor.make()}
            >
              {translateSummary("successor")}
            </MenuItem>
          )}
          {isSaved && (
            <>
              <MenuSeparator />
              <MenuItem icon={<Trash2 aria-hidden />} isDangerous onSelect={() => void remove()}>
                {translate("delete")}
              </MenuItem>
            </>
          )}
        </MenuContent>
      </Menu>
      {isPromptOpen && (
        <SystemPromptDialog
          onClose={() => {
            setIsPromptOpen(false);
          }}
        />
      )}
    </>
  );
}
