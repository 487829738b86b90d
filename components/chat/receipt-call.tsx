"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReceiptCall } from "@/lib/contracts/receipts";
import { ReceiptRequestItem } from "./receipt-request";

/** One call on a receipt: what it was for, and each of its requests. */
export function ReceiptCallSection({ call }: { call: ReceiptCall }) {
  const translate = useTranslations("receipts");
  const locale = useLocale();
  const { kind, at, requests } = call;
  return (
    <section className="flex flex-col gap-2">
      <div className="flex items-baseline gap-2">
        <h3 className="min-w-0 flex-1 font-medium text-ink">{translate("kind", { kind })}</h3>
        <time dateTime={at} className="shrink-0 text-ink-faint tabular-nums">
          {new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(
            new Date(at),
          )}
        </time>
      </div>
      <Remarks call={call} />
      <ol className="flex flex-col gap-2.5">
        {requests.map((request) => (
          <ReceiptRequestItem key={request.number} request={request} />
        ))}
      </ol>
    </section>
  );
}

/** What is not plain about it. */
function Remarks({ call: { kind, sharedBy, requests } }: { call: ReceiptCall }) {
  const translate = useTranslations("receipts");
  const [first, last] = [requests[0], requests.at(-1)];
  const hasFailedOver =
    first !== undefined &&
    last !== undefined &&
    (first.model !== last.model || first.provider !== last.provider);
  const isSameName = first?.model === last?.model;
  const name = ({ model, provider }: { model: string; provider: string }) =>
    isSameName ? translate("from", { model, provider }) : model;
  const remarks = [
    ...(kind === "summary" ? [translate("summaryWhy")] : []),
    ...(sharedBy > 1 ? [translate("sharedBy", { count: sharedBy })] : []),
    ...(requests.length > 1 ? [translate("tries", { count: requests.length })] : []),
    ...(hasFailedOver && last.outcome === "answered"
      ? [translate("failedOver", { from: name(first), to: name(last) })]
      : []),
  ];
  if (remarks.length === 0) return null;
  return <p className="-mt-1.5 text-pretty text-ink-soft">{remarks.join(" · ")}</p>;
}
