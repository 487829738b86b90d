import type { Receipt, ReceiptCall, ReceiptRequest } from "@/lib/contracts/receipts";
import { addUp } from "./receipt";

/** A request as it was booked, and the call that it belongs to. */
export type ReceiptEntry = ReceiptRequest &
  Pick<ReceiptCall, "kind" | "at" | "sharedBy"> & { callId: string };

/**
 * Puts requests, in the order of the books, under the calls that made them: first those that wrote
 * the answer, then those that it caused, with what all come to.
 */
export function writeReceipt(entries: readonly ReceiptEntry[]): Pick<Receipt, "calls" | "totals"> {
  const calls = new Map<string, ReceiptCall>();
  for (const { callId, kind, at, sharedBy, ...request } of entries) {
    const call = calls.get(callId);
    if (call === undefined) calls.set(callId, { kind, at, sharedBy, requests: [request] });
    else call.requests.push(request);
  }
  const own = [...calls.values()];
  return {
    calls: [...own.filter(wroteAnswer), ...own.filter((call) => !wroteAnswer(call))],
    totals: addUp(entries),
  };
}

const wroteAnswer = ({ kind }: ReceiptCall) => kind === "answer" || kind === "continuation";
