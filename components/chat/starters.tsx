"use client";

import { AlignLeft, Bug, NotebookPen } from "lucide-react";
import { useTranslations } from "next-intl";
import { useConversationStore } from "@/lib/client/chat/use-conversation";

const starters = [
  { name: "explain", Icon: Bug },
  { name: "summarise", Icon: AlignLeft },
  { name: "report", Icon: NotebookPen },
] as const;

/** Three useful beginnings; each fills the composer and leaves the rest to the writer. */
export function Starters() {
  const translate = useTranslations("chat.starters");
  const store = useConversationStore();
  return (
    <ul
      aria-label={translate("label")}
      className="mx-auto flex w-full max-w-[46rem] flex-1 flex-col content-start items-stretch gap-1 px-4 pt-2 pb-6 sm:flex-row sm:flex-wrap sm:items-start sm:justify-center sm:gap-2 sm:pt-3"
    >
      {starters.map(({ name, Icon }) => (
        <li key={name}>
          <button
            type="button"
            className="flex min-h-9 w-full items-center gap-2 rounded-control px-3 py-1.5 text-start text-ui text-ink-soft transition-colors duration-150 hover:bg-hover hover:text-ink sm:border sm:border-line"
            onClick={() => {
              store.patch({ returnedText: translate(`${name}.text`) });
            }}
          >
            <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
            {translate(`${name}.label`)}
          </button>
        </li>
      ))}
    </ul>
  );
}
