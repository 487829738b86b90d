import * as fc from "fast-check";
import { describe, it } from "vitest";
import type { Ruler } from "../tokens/ruler";
import { planContext, type ContextPlan, type PlannedEntry, type SentMessage } from "./plan";
import type { PlanMessage } from "./plan-input";
import { findFloor } from "./shorten-text";
import { splitIntoRounds } from "./split-into-rounds";
import { histories, quickRuler, realRulers, type History } from "./testing-histories";

// Assertions that are made millions of times.
function must(isSo: boolean, sentence: string): asserts isSo {
  if (!isSo) throw new Error(`It must hold that ${sentence}`);
}

const isSent = ({ state }: PlannedEntry) => state === "kept" || state === "shortened";

/** What is sent, counted anew from its texts alone, as a provider would. */
function recount({ system, sent, parts }: ContextPlan, ruler: Ruler): number {
  const count = (text: string) => (text === "" ? 0 : ruler.measure(ruler.count(text)));
  const countMessage = ({ text, reasoning, toolUses }: SentMessage) =>
    toolUses.reduce(
      (sum, use) => sum + count(use.name) + count(use.arguments) + count(use.result) + 8,
      ruler.perMessage + count(text) + count(reasoning),
    );
  return sent.reduce(
    (sum, message) => sum + countMessage(message),
    parts.tools +
      parts.files +
      ruler.perCall +
      (system === null ? 0 : ruler.perMessage + count(system)),
  );
}

/** The least that must go along, roughly, and rather too much. */
function leastOf({ input, room: { ruler } }: History): number {
  const count = (text: string) => ruler.measure(ruler.count(text));
  const floor = findFloor(ruler);
  const least = ({ text, imageTokens = 0, toolUses = [] }: PlanMessage) =>
    toolUses.reduce(
      (sum, use) => sum + 20 + count(use.arguments) + Math.min(count(use.result), 200 + floor),
      imageTokens + ruler.perMessage + Math.min(count(text), floor + 1),
    );
  return input.branch
    .slice(-input.newestCount)
    .reduce(
      (sum, message) => sum + least(message),
      60 + input.toolTokens + (input.system === null ? 0 : count(input.system)),
    );
}

function checkRoom(plan: ContextPlan, { input, room }: History): void {
  const { window, reply, ruler } = room;
  must(window !== null && plan.inputTokens <= window - reply, "the plan fits the window");
  must(recount(plan, ruler) <= plan.inputTokens, "what is sent is no more than what was counted");
  const { free, ...parts } = plan.parts;
  const used = Object.values(parts).reduce((sum, tokens) => sum + tokens, 0);
  must(free !== null && used + free === window, "the parts add up to the window");
  must(
    Object.values(plan.parts).every((tokens) => tokens !== null && tokens >= 0),
    "no part is negative",
  );
  const ofEntries = plan.entries.reduce((sum, { sentTokens }) => sum + sentTokens, 0);
  const { history, draft, files } = plan.parts;
  const standIn = history + draft + files - ofEntries - ruler.perCall;
  must(standIn >= 0 && standIn < 60, "entries add up to history, draft and files");
  must(
    input.policy.kind !== "tokens" ||
      plan.inputTokens <= input.policy.tokens ||
      !plan.entries.some((entry) => isSent(entry) && entry.reason === "within_policy"),
    "rounds go along only within the policy's tokens",
  );
}

function checkForm(plan: ContextPlan, { input }: History): void {
  const { sent, system, entries } = plan;
  must(system?.startsWith(input.system ?? "") !== false, "the system prompt goes along whole");
  must(input.system === null || system !== null, "the system prompt is there");
  const newest = input.branch.at(-1);
  must(sent.at(-1)?.ids.at(-1) === newest?.id, "the newest message goes along, as the last");
  must(newest?.text === "" || sent.at(-1)?.text !== "", "it says something");
  must(
    sent.every(({ role }, at) => role === (at % 2 === 0 ? "user" : "assistant")),
    "roles take turns, and the user begins",
  );
  const texts = sent.flatMap(({ text, toolUses }) => [text, ...toolUses.map((use) => use.result)]);
  must(
    [system ?? "", ...texts].every((text) => text.isWellFormed()),
    "no pair is split",
  );
  const ids = sent.flatMap((message) => message.ids);
  must(
    ids.join() ===
      entries
        .filter(isSent)
        .map(({ id }) => id)
        .join(),
    "what is sent is what the entries say, in their order",
  );
  const known = new Map(input.branch.map((message) => [message.id, message]));
  for (const message of sent) {
    const uses = message.ids.flatMap((id) => known.get(id)?.toolUses ?? []);
    must(message.toolUses.length === uses.length, "tools' calls go with their answer");
    must(
      message.toolUses.every((use, at) => use.arguments === uses[at]?.arguments),
      "calls are whole",
    );
    const whole = entries.filter(({ id, state }) => message.ids.includes(id) && state === "kept");
    must(
      whole.every(({ id }) => message.text.includes(known.get(id)?.text ?? "")),
      "what is kept is sent word for word",
    );
  }
}

function checkStates(plan: ContextPlan, { input }: History): void {
  const { entries } = plan;
  must(
    entries.map(({ id }) => id).join() === input.branch.map(({ id }) => id).join(),
    "each message has its entry",
  );
  const newestAt = input.branch.length - input.newestCount;
  const startAt = Math.min(
    newestAt,
    input.branch.findIndex(({ id }) => id === input.context.startId),
  );
  const coversToId = plan.summary?.coversToId ?? null;
  const coveredTo = input.branch.findIndex(({ id }) => id === coversToId);
  entries.forEach((entry, at) => {
    const { state, reason, mark, sentTokens, tokens } = entry;
    must(isSent(entry) === sentTokens > 0, "only what is sent costs something");
    must(sentTokens <= tokens, "nothing is sent longer than it is");
    must((state === "kept") === (sentTokens === tokens && isSent(entry)), "kept is whole");
    must((state === "summarised") === (reason === "summarised"), "states and reasons agree");
    must(state !== "summarised" || at <= coveredTo, "a summary stands for what is summarised");
    must(
      isSent(entry) ||
        at > coveredTo ||
        state === "summarised" ||
        reason === "excluded" ||
        reason === "before_start",
      "what the summary covers is not called left out",
    );
    if (at >= newestAt) must(isSent(entry), "what is newest goes along");
    else if (at < startAt) must(reason === "before_start", "nothing before the start goes along");
    else if (mark === "excluded") must(reason === "excluded", "what was left out stays out");
    else if (mark === "pinned")
      must(
        isSent(entry) || reason === "over_window" || state === "summarised",
        "only want of room keeps a pinned one out",
      );
  });
  if (input.policy.kind !== "rounds") return;
  const sentRounds = splitIntoRounds(entries.slice(Math.max(0, startAt), newestAt)).filter(
    (round) => round.some((entry) => isSent(entry) && entry.mark === "auto"),
  );
  must(sentRounds.length <= input.policy.rounds, "no more rounds go along than N");
}

function checkSound(history: History): void {
  const plan = planContext(history.input, history.room);
  if (!("sent" in plan)) {
    must(leastOf(history) > plan.limit, "only what can't be cut is a reason to refuse");
    return;
  }
  checkRoom(plan, history);
  checkForm(plan, history);
  checkStates(plan, history);
  const again = planContext(structuredClone(history.input), history.room);
  must(JSON.stringify(again) === JSON.stringify(plan), "the same input gives the same plan");
}

/** The mark's figure may be a token longer where less is missing. */
const slack = 3;

function checkMonotone(history: History, wider: number): void {
  const { input, room } = history;
  const narrow = planContext(input, room);
  const share = room.reply / (room.window ?? 1);
  const window = (room.window ?? 0) + wider;
  const wide = planContext(input, { ...room, window, reply: Math.floor(window * share) });
  if (!("sent" in narrow)) return;
  must("sent" in wide, "what fits a window fits a larger one");
  narrow.entries.forEach((entry, at) => {
    const other = wide.entries[at];
    must(!isSent(entry) || (other !== undefined && isSent(other)), "nothing is lost by more room");
    must((other?.sentTokens ?? 0) >= entry.sentTokens - slack, "nothing is shorter by more room");
  });
  must(narrow.summary === null || wide.summary !== null, "the summary is not lost by more room");
  must(wide.parts.summary >= narrow.parts.summary - slack, "nor shorter");
}

describe("any plan", { timeout: 60_000 }, () => {
  it("fits, keeps what must be kept, and says what it does (20,000 histories)", () => {
    fc.assert(
      fc.property(histories([quickRuler], { mostMessages: 30, mostRepeats: 1_500 }), checkSound),
      { numRuns: 20_000, endOnFailure: true },
    );
  });

  it("holds with the counts of real models (1,000 histories)", () => {
    fc.assert(
      fc.property(histories(realRulers, { mostMessages: 12, mostRepeats: 300 }), checkSound),
      { numRuns: 1_000, endOnFailure: true },
    );
  });

  it("sends no less of anything to a larger window (10,000 histories)", () => {
    fc.assert(
      fc.property(
        histories([quickRuler], { mostMessages: 20, mostRepeats: 1_500 }),
        fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 100_000 })),
        checkMonotone,
      ),
      { numRuns: 10_000, endOnFailure: true },
    );
  });

  it("does so with the counts of real models (500 histories)", () => {
    fc.assert(
      fc.property(
        histories(realRulers, { mostMessages: 8, mostRepeats: 200 }),
        fc.integer({ min: 1, max: 20_000 }),
        checkMonotone,
      ),
      { numRuns: 500, endOnFailure: true },
    );
  });
});
