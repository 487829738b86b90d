"use client";

import { clsx } from "clsx";
import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo, useId } from "react";
import { Link } from "@/components/ui/link";
import { TitleText } from "@/components/ui/title-text";
import type { ConversationSummary } from "@/lib/contracts/conversations";
import type { MenuPlace } from "./conversation-menu";

type ConversationRowProps = {
  conversation: ConversationSummary;
  isCurrent: boolean;
  isMenuOpen: boolean;
  onMenu: (place: MenuPlace) => void;
  onRename: (id: string) => void;
};

/** A line of the sidebar. What is scrolled away costs the browser nothing. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, isCurrent, isMenuOpen, onMenu, onRename } = props;
  const translate = useTranslations("frame");
  const id = useId();
  const title = conversation.title === "" ? translate("untitled") : conversation.title;
  return (
    <li
      className={clsx(
        "group relative flex items-center rounded-control transition-colors duration-150 [contain-intrinsic-size:auto_2.25rem] [content-visibility:auto] focus-within:bg-hover hover:bg-hover",
        (isCurrent || isMenuOpen) && "bg-hover",
      )}
    >
      <Link
        href={`/c/${conversation.id}`}
        isPlain
        prefetch={false}
        title={title}
        aria-current={isCurrent ? "page" : undefined}
        aria-describedby={conversation.isAnswering ? id : undefined}
        className={clsx(
          "h-9 min-w-0 flex-1 rounded-control px-2.5 leading-9 focus-visible:-outline-offset-2",
          isCurrent ? "font-medium text-ink" : "text-ink-soft group-hover:text-ink",
        )}
        onKeyDown={(event) => {
          if (event.key !== "F2") return;
          event.preventDefault();
          onRename(conversation.id);
        }}
      >
        <TitleText title={title} />
      </Link>
      {conversation.isAnswering && (
        <span
          id={id}
          role="img"
          aria-label={translate("answering")}
          className="breathe ms-1 me-3 size-1.5 shrink-0 rounded-full bg-accent group-focus-within:me-1 group-hover:me-1 pointer-coarse:me-1"
        />
      )}
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={isMenuOpen}
        aria-label={translate("conversationMenu", { title })}
        className={clsx(
          "me-1 grid size-7 shrink-0 place-items-center rounded-control text-ink-soft hover:bg-hover hover:text-ink focus-visible:not-sr-only focus-visible:-outline-offset-2 pointer-coarse:size-9",
          !isMenuOpen &&
            "sr-only group-focus-within:not-sr-only group-hover:not-sr-only pointer-coarse:not-sr-only",
        )}
        onClick={(event) => {
          onMenu({ conversation, button: event.currentTarget });
        }}
      >
        <Ellipsis aria-hidden className="size-4" />
      </button>
    </li>
  );
});
