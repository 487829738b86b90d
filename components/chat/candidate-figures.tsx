"use client";

import { useFormatter, useTranslations } from "next-intl";
import { readSpeed } from "@/lib/client/chat/answer-speed";
import type { AnswerFigures } from "@/lib/contracts/messages";
import { useSayAmount } from "./use-say-amount";

/** How an answer came about: how fast, how long, at what cost. */
export function CandidateFigures({ figures }: { figures: AnswerFigures }) {
  const translate = useTranslations("candidates.figures");
  const format = useFormatter();
  const { firstTokenMs, inputTokens, outputTokens, isEstimated, cost } = figures;
  const speed = readSpeed(figures);
  const { brief } = useSayAmount();
  const said = [
    firstTokenMs === null
      ? translate("noToken")
      : translate("firstToken", {
          seconds: format.number(firstTokenMs / 1000, { maximumFractionDigits: 2 }),
        }),
    ...(speed === null ? [] : [translate("speed", { count: format.number(speed) })]),
    ...(outputTokens === null
      ? []
      : [translate(isEstimated ? "tokensAbout" : "tokens", { count: outputTokens })]),
    // What was refused used nothing.
    ...(outputTokens === null ? [] : [cost === null ? translate("costUnknown") : brief(cost)]),
  ];
  return (
    <p
      aria-label={translate("label")}
      role="group"
      title={inputTokens === null ? undefined : translate("input", { count: inputTokens })}
      className="flex flex-wrap gap-x-1.5 text-small text-ink-faint tabular-nums"
    >
      {said.map((one, at) => (
        <span key={one} className="whitespace-nowrap">
          {one}
          {at < said.length - 1 && " ·"}
        </span>
      ))}
    </p>
  );
}
