import "server-only";
import { storeSummary, toSettlement } from "../db/summaries";
import { settleInTheEnd } from "../ledger/settle-in-the-end";

/**
 * Stores and books a summary as storeSummary does. Where that fails, what it used is booked all the
 * same, as soon as the database is there.
 */
export async function bookSummary(
  ...given: Parameters<typeof storeSummary>
): ReturnType<typeof storeSummary> {
  try {
    return await storeSummary(...given);
  } catch (error) {
    const [actor, { conversationId }, call] = given;
    void settleInTheEnd(toSettlement(actor, conversationId, call));
    throw error;
  }
}
