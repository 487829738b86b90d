"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { useContextPlan } from "@/lib/client/chat/use-context-plan";
import type { Summary } from "@/lib/contracts/context";
import { goFromPanel } from "./go-from-panel";

/** What a summary stands for, who wrote it and when, and how much it is. */
export function SummaryFacts({ summary }: { summary: Summary }) {
  const translate = useTranslations("context.summary");
  const format = useFormatter();
  const { source, modelLabel, tokens, createdAt } = summary;
  const author =
    source === "user"
      ? translate("madeByYou")
      : modelLabel === null
        ? translate("madeByModel")
        : translate("madeBy", { model: modelLabel });
  const facts = [
    author,
    format.dateTime(new Date(createdAt), {
      dateStyle: "medium",
      timeStyle: "short",
      // Only ever in a browser: the panel is loaded when it is opened.
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
    translate("tokens", { count: tokens }),
  ];
  return (
    <div className="grid gap-0.5">
      <p className="text-ui text-pretty text-ink-soft">
        <Coverage summary={summary} />
      </p>
      <p className="text-small text-ink-faint tabular-nums">{facts.join(" · ")}</p>
    </div>
  );
}

function Coverage({ summary }: { summary: Summary }) {
  const translate = useTranslations("context.summary");
  const { plan } = useContextPlan();
  const { coversToId, coveredCount: count, carriedFrom } = summary;
  if (coversToId === null) {
    if (carriedFrom === null) return translate("carried");
    const { id, title } = carriedFrom;
    return translate.rich("carriedFrom", {
      title,
      link: (text) => <Link href={`/c/${id}`}>{text}</Link>,
    });
  }
  const excerpt = plan?.entries.find(({ messageId }) => messageId === coversToId)?.excerpt;
  const link = (text: ReactNode) => (
    <button
      type="button"
      className="rounded-sm text-start wrap-anywhere text-accent underline decoration-1 underline-offset-4 hover:decoration-2"
      onClick={() => {
        goFromPanel(coversToId);
      }}
    >
      {text}
    </button>
  );
  return excerpt === undefined || excerpt === ""
    ? translate.rich("coversToLast", { count, link })
    : translate.rich("covers", { count, words: shorten(excerpt), link });
}

const excerptCharacters = 40;

/** The first words of an excerpt; never half of a character. */
function shorten(text: string): string {
  const characters = Array.from(text);
  return characters.length <= excerptCharacters
    ? text
    : `${characters.slice(0, excerptCharacters).join("").trimEnd()}…`;
}
