"use client";

import { Columns2, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { useChatContext } from "./chat-context";

/** Above the composer: which models answer side by side, until that is switched off. */
export function CandidateChips() {
  const translate = useTranslations("candidates.compare");
  const store = useConversationStore();
  const { models } = useChatContext();
  const compared = useConversation((state) => state.compared);
  const shown = compared.flatMap((id) => models.find((model) => model.id === id) ?? []);

  // One that is no longer offered would have every question refused.
  useEffect(() => {
    if (shown.length === compared.length) return;
    store.compare(shown.length < 2 ? [] : shown.map(({ id }) => id));
  }, [compared, shown, store]);

  if (shown.length < 2) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-2 pb-2 text-small text-ink-soft">
      <Columns2 aria-hidden className="size-4 shrink-0 text-accent" />
      <span>{translate("chips")}</span>
      <ul className="contents">
        {shown.map(({ id, label }) => (
          <li
            key={id}
            className="flex max-w-full min-w-0 items-center rounded-full bg-surface ps-2.5 ring-1 ring-line"
          >
            <span className="truncate text-ink">{label}</span>
            <IconButton
              size="sm"
              className="!size-6 !rounded-full"
              label={translate("remove", { model: label })}
              onClick={() => {
                const left = compared.filter((one) => one !== id);
                store.compare(left.length < 2 ? [] : left);
              }}
            >
              <X aria-hidden className="!size-3.5" />
            </IconButton>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="ms-auto rounded-sm px-1 text-accent hover:underline"
        onClick={() => {
          store.compare([]);
        }}
      >
        {translate("off")}
      </button>
    </div>
  );
}
