"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReceiptRequest } from "@/lib/contracts/receipts";
import { readFailoverReason } from "./failover-reason";
import { UnknownCost } from "./unknown-cost";
import { useSayAmount } from "./use-say-amount";

/** One request: whom it went to, how it ended, and how its cost comes about. */
export function ReceiptRequestItem({ request }: { request: ReceiptRequest }) {
  const translate = useTranslations("receipts");
  const { exact } = useSayAmount();
  const { model, provider, cost, price, source } = request;
  return (
    <li className="flex flex-col gap-0.5">
      <div className="flex items-baseline gap-3">
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          {translate("from", { model, provider })}
        </span>
        {source !== null && (
          <span className="shrink-0 tabular-nums">
            {cost === null ? <UnknownCost /> : exact(cost)}
          </span>
        )}
      </div>
      <Facts request={request} />
      {source !== null && <Lines request={request} />}
      {source !== null && price === null && (
        <p className="text-pretty text-ink-soft">{translate("noPrice")}</p>
      )}
    </li>
  );
}

function Facts({ request }: { request: ReceiptRequest }) {
  const translate = useTranslations("receipts");
  const format = useFormatter();
  const sayOutcome = useOutcome();
  const { outcome, source, payer, durationMs } = request;
  const seconds = format.number(durationMs / 1000, {
    maximumFractionDigits: durationMs < 1000 ? 2 : 1,
  });
  const facts = [
    ...(outcome === "answered" ? [] : [sayOutcome(request)]),
    translate("source", { source: source ?? "none" }),
    ...(payer === "member" ? [translate("ownKey")] : []),
    translate("seconds", { seconds }),
  ];
  return <p className="text-pretty text-ink-faint tabular-nums">{facts.join(" · ")}</p>;
}

function useOutcome(): (request: ReceiptRequest) => string {
  const translate = useTranslations("receipts");
  return ({ outcome, errorCode }) =>
    outcome === "failed" && errorCode !== null
      ? translate("failed", { reason: readFailoverReason(errorCode) })
      : translate("outcome", { outcome });
}

type Line = { line: "input" | "cached" | "output" | "reasoning"; tokens: number; micros: number };

/** Tokens by what they cost: what came from a cache, or went into reasoning, is told by itself. */
function Lines({ request }: { request: ReceiptRequest }) {
  const translate = useTranslations("receipts");
  const locale = useLocale();
  const { exact } = useSayAmount();
  const { price } = request;
  return (
    <>
      <dl className="grid grid-cols-[1fr_auto_auto] gap-x-4 text-ink-soft tabular-nums">
        {listLines(request).map(({ line, tokens, micros }) => (
          <div key={line} className="contents">
            <dt className="min-w-0">{translate("line", { line })}</dt>
            <dd className={`text-end ${price === null ? "col-span-2" : ""}`}>
              {translate("count", { count: tokens })}
            </dd>
            {price !== null && (
              <dd className="text-end text-ink-faint">
                {translate("unitPrice", { price: exact({ currency: price.currency, micros }) })}
              </dd>
            )}
          </div>
        ))}
      </dl>
      {price !== null && (
        <p className="text-ink-faint">
          {translate("validFrom", {
            date: new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(
              new Date(price.validFrom),
            ),
          })}
        </p>
      )}
    </>
  );
}

function listLines(request: ReceiptRequest): Line[] {
  const { price, inputTokens, cachedTokens, outputTokens, reasoningTokens } = request;
  const { inputMicros = 0, outputMicros = 0 } = price ?? {};
  const lines: Line[] = [
    { line: "input", tokens: inputTokens - cachedTokens, micros: inputMicros },
    { line: "cached", tokens: cachedTokens, micros: price?.cachedInputMicros ?? inputMicros },
    { line: "output", tokens: outputTokens - reasoningTokens, micros: outputMicros },
    { line: "reasoning", tokens: reasoningTokens, micros: price?.reasoningMicros ?? outputMicros },
  ];
  return lines.filter(({ line, tokens }) => tokens > 0 || line === "input" || line === "output");
}
