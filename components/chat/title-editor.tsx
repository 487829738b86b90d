"use client";

import { useTranslations } from "next-intl";
import { useState, type KeyboardEvent } from "react";
import { TitleText } from "@/components/ui/title-text";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { useComposition } from "@/lib/client/use-composition";
import { limits } from "@/lib/contracts/limits";
import { useConversationActions } from "./use-conversation-actions";
import { useTitle } from "./use-title";

/** The title; a click makes it a field. */
export function TitleEditor() {
  const translate = useTranslations("chat");
  const [isEditing, setIsEditing] = useState(false);
  const title = useTitle();
  const shown = title === "" ? translate("untitled") : title;
  if (isEditing) {
    return (
      <TitleField
        title={title}
        onClose={() => {
          setIsEditing(false);
        }}
      />
    );
  }
  return (
    <h1 className="min-w-0">
      <button
        type="button"
        title={translate("rename.action", { title: shown })}
        className="block max-w-full rounded-control px-2 py-1.5 text-ui font-medium hover:bg-hover"
        onClick={() => {
          setIsEditing(true);
        }}
      >
        <TitleText title={shown} />
      </button>
    </h1>
  );
}

function TitleField({ title, onClose }: { title: string; onClose: () => void }) {
  const translate = useTranslations("chat.rename");
  const composition = useComposition();
  const { rename } = useConversationActions();
  const id = useConversation((state) => state.id);
  const [text, setText] = useState(title);

  const save = () => {
    onClose();
    const next = text.trim();
    if (next !== "" && next !== title) void rename(id, title, next);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (composition.isComposing(event)) return;
    if (event.key === "Enter") save();
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <input
      // A click on the title asked for it.
      autoFocus
      value={text}
      aria-label={translate("field")}
      maxLength={limits.titleCharacters}
      className="w-full max-w-md min-w-0 rounded-control border border-line-strong bg-raised px-2 py-1 text-ui font-medium"
      onFocus={(event) => {
        event.currentTarget.select();
      }}
      onChange={(event) => {
        setText(event.currentTarget.value);
      }}
      onCompositionEnd={composition.onCompositionEnd}
      onKeyDown={handleKey}
      onBlur={save}
    />
  );
}
