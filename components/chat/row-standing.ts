import { createContext, use } from "react";
import type { RowContext } from "@/lib/client/chat/context-plan-line";
import type { ContextMark } from "@/lib/contracts/context";

/** How a message stands to the next turn. */
export type RowStanding = { fate: "sent" | "summarised" | "left_out"; mark: ContextMark };

const plain: RowStanding = { fate: "sent", mark: "auto" };

export const RowStandingContext = createContext<RowStanding>(plain);

export function useRowStanding(): RowStanding {
  return use(RowStandingContext);
}

export function fateOf(row: RowContext | undefined): RowStanding["fate"] {
  if (row === undefined || row.isSent) return "sent";
  return row.isSummarised ? "summarised" : "left_out";
}
