import type { ContextMark, ContextPlanView, PlanEntry } from "@/lib/contracts/context";
import type { Message } from "@/lib/contracts/messages";

/** What the plan says of the messages in the conversation. */
export type PlanLine = {
  /** The oldest message from which everything goes along. */
  firstSentId: string | null;
  /** Chosen by hand as the start. */
  startId: string | null;
  isSummarySent: boolean;
  entries: ReadonlyMap<string, PlanEntry>;
  /** The oldest of `entries`; what comes before it is older. */
  oldestListedId: string | null;
};

/** What is said above the first message that goes along. */
export type LineKind = "summarised" | "left_out" | "start";

/** How a message stands to the next turn. */
export type RowContext = {
  isSent: boolean;
  isSummarised: boolean;
  mark: ContextMark;
  /** Above this message, when the window starts with it. */
  line: LineKind | null;
};

export function toLine({
  firstSentId,
  startId,
  isSummarySent,
  entries,
}: ContextPlanView): PlanLine {
  return {
    firstSentId,
    startId,
    isSummarySent,
    entries: new Map(entries.map((entry) => [entry.messageId, entry])),
    oldestListedId: entries[0]?.messageId ?? null,
  };
}

/**
 * What the plan says of the messages that are loaded. What is older than the plan's list has been
 * left behind when something newer has; what is newer than the plan goes along.
 */
export function describeRows(
  messages: readonly Message[],
  line: PlanLine | null,
): ReadonlyMap<string, RowContext> {
  const rows = new Map<string, RowContext>();
  if (line === null) return rows;
  const firstAt = messages.findIndex(({ id }) => id === line.firstSentId);
  const listedAt = messages.findIndex(({ id }) => line.entries.has(id));
  const isCutListed = line.firstSentId !== null && line.entries.has(line.firstSentId);
  messages.forEach((message, at) => {
    const entry = line.entries.get(message.id);
    // Older than the list: behind the cut when that is in the list or further on the page.
    const isOlder = entry === undefined && (listedAt < 0 ? firstAt < 0 : at < listedAt);
    const isBehind = isOlder && (isCutListed || at < firstAt);
    const state =
      entry?.state ?? (isBehind ? (line.isSummarySent ? "summarised" : "left_out") : "kept");
    // An answer without text is no loss.
    const isSent = state === "kept" || state === "shortened" || entry?.reason === "empty";
    rows.set(message.id, {
      isSent,
      isSummarised: state === "summarised",
      mark: entry?.mark ?? message.context,
      line:
        at === firstAt && !isNothingLost(messages.slice(0, at), line)
          ? lineAbove(messages[at - 1], line)
          : null,
    });
  });
  return rows;
}

/** Whether all of these, the first of the branch among them, stay behind by hand or have no text. */
function isNothingLost(before: readonly Message[], { entries }: PlanLine): boolean {
  const isOwnWill = ({ id }: Message) => {
    const reason = entries.get(id)?.reason;
    return reason === "excluded" || reason === "empty";
  };
  return before.length === 0 || (before[0]?.parentId === null && before.every(isOwnWill));
}

function lineAbove(before: Message | undefined, line: PlanLine): LineKind | null {
  if (before === undefined) return null;
  if (line.firstSentId === line.startId) return "start";
  return line.entries.get(before.id)?.state === "summarised" || line.isSummarySent
    ? "summarised"
    : "left_out";
}

/** Under the last message, where nothing of what was said before goes along. */
export function findEndLine(
  messages: readonly Message[],
  line: PlanLine | null,
): Exclude<LineKind, "start"> | null {
  const last = line?.entries.get(messages.at(-1)?.id ?? "");
  if (line?.firstSentId !== null || last === undefined) return null;
  if (last.mark === "excluded" || last.reason === "empty") return null;
  if (last.state === "summarised") return "summarised";
  return last.state === "left_out" ? "left_out" : null;
}
