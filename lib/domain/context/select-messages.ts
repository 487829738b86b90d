import type { PlanReason } from "@/lib/contracts/context";
import type { Ruler } from "../tokens/ruler";
import { measureItem, type Item } from "./item";
import { findMark } from "./marks";
import type { PlanInput, PlanSummary } from "./plan-input";
import { splitIntoRounds } from "./split-into-rounds";

/** A round that may go along. */
export type Round = {
  /** What of it is neither pinned nor left out, oldest first; never empty. */
  items: Item[];
  /** Whether it is one of the last N that the policy names. */
  isNamed: boolean;
};

export type Selection = {
  /** One for each message of the branch, oldest first. */
  items: Item[];
  /** What is asked, and what belongs to it. */
  newest: Item[];
  pinned: Item[];
  /** Oldest first. */
  rounds: Round[];
  /** Why others do not go along, whatever there is room for. */
  reasons: Map<Item, PlanReason>;
  /** The summary that goes along. */
  summary: PlanSummary | null;
  /** How many messages of the branch it stands for. */
  coveredCount: number;
};

/**
 * Applies marks, start and policy: what must go along, what may, and what does not, before anything
 * is said about room. The start is stronger than a pin. A round counts as one of the last N unless
 * all of it is left out by hand. With a summary, everything that it does not stand for may go along,
 * so that nothing is lost while one is still to be made; where it is switched off, the last N rounds
 * are all.
 */
export function selectMessages(input: PlanInput, ruler: Ruler): Selection {
  const { branch, policy, context } = input;
  const items = branch.map((message, at) =>
    measureItem(message, at, findMark(context, message.id), ruler),
  );
  const newestAt = Math.max(0, branch.length - input.newestCount);
  const startAt = Math.min(findStart(input), newestAt);
  const summary = findSummary(input);
  const coveredCount = summary === null ? 0 : countCovered(input, summary);
  const selection: Selection = {
    items,
    newest: items.slice(newestAt),
    pinned: [],
    rounds: [],
    reasons: new Map(),
    summary,
    coveredCount,
  };
  for (const item of items.slice(0, startAt)) selection.reasons.set(item, "before_start");
  let counted = 0;
  for (const round of splitIntoRounds(items.slice(startAt, newestAt)).reverse()) {
    const isNamed = counted < policy.rounds;
    const chosen = round.filter((item) => {
      if (item.mark === "pinned") selection.pinned.push(item);
      else if (item.mark === "excluded") selection.reasons.set(item, "excluded");
      else if (isNamed || mayPassRounds(input, item.at < coveredCount)) return true;
      else selection.reasons.set(item, "over_rounds");
      return false;
    });
    if (chosen.length > 0) selection.rounds.push({ items: chosen, isNamed });
    if (round.some(({ mark }) => mark !== "excluded")) counted += 1;
  }
  selection.rounds.reverse();
  selection.pinned.sort((one, other) => one.at - other.at);
  return selection;
}

/** Whether a message that is older than the last N rounds may go along. */
function mayPassRounds({ policy, context }: PlanInput, isCovered: boolean): boolean {
  if (policy.kind === "rounds") return false;
  if (policy.kind === "summary") return !isCovered && !context.isSummaryOff;
  return true;
}

function findStart({ branch, context: { startId } }: PlanInput): number {
  return startId === null
    ? 0
    : Math.max(
        0,
        branch.findLastIndex(({ id }) => id === startId),
      );
}

/** One from another conversation goes along under every policy. */
function findSummary({ summary, policy, context }: PlanInput): PlanSummary | null {
  if (summary === null || context.isSummaryOff) return null;
  return summary.coversToId === null || policy.kind === "summary" ? summary : null;
}

function countCovered({ branch, spokenBefore }: PlanInput, { coversToId }: PlanSummary): number {
  if (coversToId === null) return 0;
  const lastId = spokenBefore?.get(coversToId) ?? coversToId;
  return branch.findLastIndex(({ id }) => id === lastId) + 1;
}
