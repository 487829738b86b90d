"use client";

import { useTranslations } from "next-intl";
import { queueLimit } from "@/lib/client/chat/message-queue";
import { limits } from "@/lib/contracts/limits";

/** From here on it is said how much still fits. */
const nearLimit = limits.messageCharacters * 0.95;

type ComposerRemainderProps = { length: number; isQueueFull: boolean };

/** How much still fits into the message, once that matters. */
export function ComposerRemainder({ length, isQueueFull }: ComposerRemainderProps) {
  const translate = useTranslations("chat");
  const remaining = limits.messageCharacters - length;
  const sentence =
    remaining < 0
      ? translate("composer.tooLong", { count: -remaining })
      : isQueueFull
        ? translate("queue.full", { count: queueLimit })
        : length > nearLimit
          ? translate("composer.remaining", { count: remaining })
          : null;
  const color = remaining < 0 ? "text-bad" : "text-ink-faint";
  return (
    <p
      role="status"
      className={`mt-1.5 px-2 text-small tabular-nums ${color} ${sentence === null ? "hidden" : ""}`}
    >
      {sentence}
    </p>
  );
}
