import type { Verdict } from "@/lib/contracts/cards";
import type { DiagnosisStep } from "@/lib/contracts/diagnosis";
import type { ReasoningEffort } from "@/lib/contracts/parameters";
import { makeStep, type SkipReason } from "./details";
import type { Asked } from "./judge-abilities";
import { statusOf } from "./judge-connection";
import { isPastStop, lastNumber, triedFields, type TriedName } from "./probes";
import { firstChoice, type Reply } from "./reply";

/** What is known of one parameter after the attempts with and without it. */
export type ParameterFact =
  /** Taken in this request. */
  | { is: "taken"; reply: Reply }
  | { is: "refused" }
  | { is: "unclear"; reply: Reply }
  | { is: "skipped"; reason: SkipReason };

/**
 * Whether a parameter is taken; of `n` and `stop`, also whether they are heeded. Of the others an
 * answer does not tell: one that is taken and `documented` to be without effect stays a no.
 */
export function judgeParameter(
  name: TriedName,
  fact: ParameterFact,
  documented: Verdict,
): DiagnosisStep {
  switch (fact.is) {
    case "skipped":
      return makeStep(name, "skipped", { details: { reason: fact.reason } });
    case "refused":
      return makeStep(name, "no", { details: { isRefused: true } });
    case "unclear":
      return makeStep(name, "unclear", {
        errorCode: fact.reply.failure?.code ?? null,
        details: statusOf(fact.reply),
      });
    case "taken":
      return makeStep(name, isHeeded(name, fact.reply, documented) ? "ok" : "no");
  }
}

function isHeeded(name: TriedName, reply: Reply, documented: Verdict): boolean {
  if (name === "n") return reply.choices.length === triedFields.n.n;
  // Cut before its first word, an answer cannot show where it would have stopped.
  if (name === "stop") return !isPastStop(firstChoice(reply).text);
  return documented !== "no";
}

/**
 * The parameters among these that a refusal names: the field beside `param`, or the only one that
 * its words speak of. Null where it names none, or several, as in a list of what would be allowed.
 */
export function findNamed(words: string, names: readonly TriedName[]): TriedName | null {
  const named = names.filter((name) =>
    Object.keys(triedFields[name]).some((field) => {
      // Two of them are words that any sentence may have.
      const isWord = field === "n" || field === "stop";
      const before = isWord
        ? String.raw`["'\x60]|(?:parameter|argument|field):? `
        : String.raw`(?<![\w.])`;
      return new RegExp(`(?:${before})${field}(?![\\w.])`, "i").test(words);
    }),
  );
  const [first] = named;
  return named.length === 1 && first !== undefined ? first : null;
}

/** What came of the requests for the limit of an answer, by the name that it was given. */
export function judgeOutputLimit(
  tries: readonly { field: "max_tokens" | "max_completion_tokens"; reply: Reply }[],
): DiagnosisStep {
  const heeded = tries.find(({ reply }) => reply.isOk && isCut(reply));
  const durationMs = tries.reduce((sum, { reply }) => sum + reply.totalMs, 0);
  if (heeded !== undefined)
    return makeStep("outputLimit", "ok", { details: { field: heeded.field }, durationMs });
  const isDecided = tries.every(({ reply }) => reply.isOk || reply.isRefused);
  return makeStep("outputLimit", isDecided ? "no" : "unclear", { durationMs });
}

/** Whether a limit that is too small for the answer was heeded. */
export function isCut(reply: Reply): boolean {
  const { finish, text } = firstChoice(reply);
  // Not every server says why it ended; who was cut did not come to the last number.
  return finish === "length" || (finish !== null && !text.includes(lastNumber));
}

/** Which efforts it takes. */
export function judgeEffort(
  tried: readonly { effort: ReasoningEffort; asked: Asked; isEffective: boolean }[],
  rest: { isIgnored: boolean; reason?: SkipReason | undefined },
): DiagnosisStep {
  if (rest.reason !== undefined)
    return makeStep("reasoningEffort", "skipped", { details: { reason: rest.reason } });
  const replies = tried.flatMap(({ asked }) => (typeof asked === "string" ? [] : [asked]));
  const durationMs = replies.reduce((sum, { totalMs }) => sum + totalMs, 0);
  const values = tried
    .filter(({ asked, isEffective }) => typeof asked !== "string" && asked.isOk && isEffective)
    .map(({ effort }) => effort);
  if (values.length > 0)
    return makeStep("reasoningEffort", "ok", {
      details: { values: values.join(", ") },
      durationMs,
    });
  const broken = replies.find(({ isOk, isRefused }) => !isOk && !isRefused);
  if (broken !== undefined)
    return makeStep("reasoningEffort", "unclear", {
      errorCode: broken.failure?.code ?? null,
      details: statusOf(broken),
      durationMs,
    });
  const isRefused = !rest.isIgnored && replies.some((reply) => reply.isRefused);
  return makeStep("reasoningEffort", "no", {
    ...(isRefused ? { details: { isRefused: true } } : {}),
    durationMs,
  });
}
