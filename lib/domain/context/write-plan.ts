import type { PlanParts } from "@/lib/contracts/context";
import { sumCounts } from "../tokens/sum-counts";
import { alternateRoles } from "./alternate-roles";
import type { Outgoing } from "./outgoing";
import type { PlanInput } from "./plan-input";
import type { ContextPlan, PlannedEntry, PlanRoom } from "./plan-result";
import type { Selection } from "./select-messages";
import { needsStandIn, type StandIn } from "./stand-in";
import { writeSystem, type SystemPart } from "./system-text";
import { writeEntries } from "./write-entries";

/** What was decided. */
export type Decided = {
  selection: Selection;
  /** Oldest first. */
  outgoing: Outgoing[];
  prompt: SystemPart;
  /** The summary as it is sent, with its frame; null where it does not go along. */
  summary: (SystemPart & { text: string }) | null;
  standIn: StandIn;
  isOverTokens: boolean;
};

/** Describes what was decided: what is sent, what becomes of each message, and the window's parts. */
export function writePlan(input: PlanInput, room: PlanRoom, decided: Decided): ContextPlan {
  const { window, reply } = room;
  const { selection, outgoing, prompt, summary, standIn } = decided;
  const isOpened = needsStandIn(outgoing[0]?.item);
  const entries = writeEntries(decided.selection, {
    outgoing,
    isSummarySent: summary !== null,
    isOverTokens: decided.isOverTokens,
  });
  const parts = measureParts(input, room, decided, isOpened ? standIn.tokens : 0);
  const inputTokens = Object.values(parts).reduce((sum, tokens) => sum + tokens, 0);
  return {
    window,
    policy: input.policy,
    parts: { ...parts, reply, free: window === null ? null : window - inputTokens - reply },
    inputTokens,
    inputLimit: window === null ? null : window - reply,
    entries,
    isWhole: input.isWhole,
    system: writeSystem(
      input.system,
      summary === null ? null : selection.summary,
      summary?.text ?? "",
    ),
    summary:
      summary === null || selection.summary === null
        ? null
        : {
            id: selection.summary.id,
            text: summary.text,
            coversToId: selection.summary.coversToId,
          },
    sent: alternateRoles(outgoing, standIn),
    firstSentId: findFirstSent(entries),
    counts: sumCounts([
      ...prompt.counts,
      ...(summary?.counts ?? []),
      ...(isOpened ? [standIn.counts] : []),
      ...outgoing.flatMap((message) => message.counts),
    ]),
  };
}

function measureParts(
  { toolTokens }: PlanInput,
  { ruler }: PlanRoom,
  { selection, outgoing, prompt, summary }: Decided,
  opening: number,
): Omit<PlanParts, "reply" | "free"> {
  let [files, history, draft] = [0, opening, ruler.perCall];
  const newest = selection.newest.at(-1);
  for (const { item, tokens } of outgoing) {
    const { imageTokens = 0 } = item.message;
    files += imageTokens;
    if (item === newest) draft += tokens - imageTokens;
    else history += tokens - imageTokens;
  }
  return {
    system: prompt.tokens,
    tools: toolTokens,
    files,
    summary: summary?.tokens ?? 0,
    history,
    draft,
  };
}

/** The first message after the last one that does not go along for another reason than by hand. */
function findFirstSent(entries: readonly PlannedEntry[]): string | null {
  const isSent = ({ state }: PlannedEntry) => state === "kept" || state === "shortened";
  const gap = entries.findLastIndex((entry) => !isSent(entry) && entry.reason !== "excluded");
  return entries.slice(gap + 1).find(isSent)?.id ?? null;
}
