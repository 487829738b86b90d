import type { Message } from "@/lib/contracts/messages";
import type { UsageTotals } from "@/lib/contracts/receipts";

/** Notes what an answer's receipt comes to; the same list where that is known already. */
export function withUsage(
  messages: readonly Message[],
  messageId: string,
  totals: UsageTotals,
): readonly Message[] {
  const message = messages.find(({ id }) => id === messageId);
  if (message === undefined || isSameUsage(message.usage, totals)) return messages;
  return messages.map((one) => (one === message ? { ...one, usage: totals } : one));
}

/** Whether nothing new is said. Where nothing was used there is nothing to say. */
export function isSameUsage(known: UsageTotals | null, totals: UsageTotals): boolean {
  if (known === null) return totals.costs.length === 0 && totals.unpriced === 0;
  return (
    known.inputTokens === totals.inputTokens &&
    known.outputTokens === totals.outputTokens &&
    known.unpriced === totals.unpriced &&
    known.isEstimated === totals.isEstimated &&
    known.costs.length === totals.costs.length &&
    known.costs.every(
      ({ currency, micros }, at) =>
        totals.costs[at]?.currency === currency && totals.costs[at].micros === micros,
    )
  );
}
