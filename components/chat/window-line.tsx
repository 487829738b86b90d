"use client";

import { useTranslations } from "next-intl";
import type { LineKind } from "@/lib/client/chat/context-plan-line";

/**
 * Between the last message that does not go along and the first that does. It lies in the gap
 * between their rows, so that nothing moves when it comes or goes.
 */
export function WindowLine({ kind }: { kind: LineKind }) {
  const translate = useTranslations("context.line");
  return (
    <div className="relative z-1 -my-6 flex h-6 items-center gap-3 text-small text-ink-faint">
      <span aria-hidden className="h-px flex-1 bg-line-strong/60" />
      <p>{translate(kind)}</p>
      <span aria-hidden className="h-px flex-1 bg-line-strong/60" />
    </div>
  );
}
