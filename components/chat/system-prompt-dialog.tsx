"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { limits } from "@/lib/contracts/limits";
import { useConversationActions } from "./use-conversation-actions";

/** What the model is told first in this conversation. */
export function SystemPromptDialog({ onClose }: { onClose: () => void }) {
  const translate = useTranslations("chat.systemPrompt");
  const saved = useConversation((state) => state.systemPrompt);
  const [text, setText] = useState(saved ?? "");
  const { change } = useConversationActions();

  const save = () => {
    const systemPrompt = text.trim() === "" ? null : text;
    onClose();
    if (systemPrompt !== saved) void change({ systemPrompt });
  };
  return (
    <Dialog
      title={translate("title")}
      description={translate("description")}
      isOpen
      onOpenChange={onClose}
      size="lg"
      footer={
        <>
          <Button onClick={onClose}>{translate("cancel")}</Button>
          <Button variant="primary" onClick={save}>
            {translate("save")}
          </Button>
        </>
      }
    >
      <Field label={translate("field")} isLabelHidden>
        <Textarea
          value={text}
          className="min-h-40"
          maxLength={limits.systemPromptCharacters}
          placeholder={translate("placeholder")}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
        />
      </Field>
    </Dialog>
  );
}
