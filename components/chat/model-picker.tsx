"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Menu, MenuChoice, MenuContent, MenuTrigger } from "@/components/ui/menu";
import { rememberModel } from "@/lib/client/chat/last-model";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { useChatContext, useCurrentModel } from "./chat-context";
import { useConversationActions } from "./use-conversation-actions";

/** Which model answers next. */
export function ModelPicker() {
  const translate = useTranslations("chat.model");
  const { models } = useChatContext();
  const { model } = useCurrentModel();
  const { change } = useConversationActions();
  const store = useConversationStore();
  const isOpen = useConversation((state) => state.isModelPickerOpen);
  if (model === null) {
    return <span className="px-2 text-ui text-ink-faint">{translate("none")}</span>;
  }
  const options = models.map(({ id, label, providerName, isDemo }) => ({
    value: id,
    label,
    hint: isDemo ? translate("demo") : providerName,
  }));
  return (
    <Menu
      open={isOpen}
      onOpenChange={(isModelPickerOpen) => {
        store.patch({ isModelPickerOpen });
      }}
    >
      <MenuTrigger>
        <button
          type="button"
          aria-label={translate("pick", { name: model.label })}
          className="flex h-9 max-w-[45vw] min-w-0 shrink-0 items-center gap-1 rounded-control px-2.5 text-ui text-ink-soft transition-colors duration-150 hover:bg-hover hover:text-ink aria-expanded:bg-hover sm:max-w-64"
        >
          <span className="truncate">{model.label}</span>
          <ChevronDown aria-hidden className="size-4 shrink-0" />
        </button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuChoice
          label={translate("label")}
          value={model.id}
          options={options}
          onValueChange={(modelId) => {
            rememberModel(modelId);
            void change({ modelId });
          }}
        />
      </MenuContent>
    </Menu>
  );
}
