"use client";

import { CornerDownRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { useConversation } from "@/lib/client/chat/use-conversation";

/** What a conversation goes on from: the one before it, and the summary of that. */
export function SummaryCarried({ isOpenAtFirst = false }: { isOpenAtFirst?: boolean }) {
  const translate = useTranslations("context.summary");
  const carried = useConversation((state) => state.carried ?? null);
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const id = useId();
  if (carried === null) return null;
  const { from, text } = carried;
  return (
    <section
      aria-label={translate("carriedLabel")}
      className="mx-auto mb-5 w-full max-w-[46rem] rounded-card border border-line bg-surface px-4 py-3 text-ui"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <CornerDownRight aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <div className="min-w-0 flex-1 basis-52">
          <p className="wrap-anywhere text-ink">
            {from === null
              ? translate("carriedTitleGone")
              : translate.rich("carriedTitle", {
                  title: from.title,
                  link: (title) => <Link href={`/c/${from.id}`}>{title}</Link>,
                })}
          </p>
          <p className="text-small text-ink-soft">{translate("carriedText")}</p>
        </div>
        <Button
          size="sm"
          variant="ghost"
          className="ms-5 sm:ms-0"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          {translate(isOpen ? "hideCarried" : "showCarried")}
        </Button>
      </div>
      <div id={id} hidden={!isOpen}>
        <p
          dir="auto"
          tabIndex={0}
          className="mt-3 max-h-[40dvh] overflow-y-auto overscroll-contain border-t border-line pt-3 leading-relaxed wrap-anywhere whitespace-pre-wrap text-ink"
        >
          {text}
        </p>
      </div>
    </section>
  );
}
