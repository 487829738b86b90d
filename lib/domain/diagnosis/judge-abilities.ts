import type { DiagnosisStep, DiagnosisStepName } from "@/lib/contracts/diagnosis";
import { isObject, parseJson } from "../chat-completions/json";
import { makeStep, type SkipReason } from "./details";
import { statusOf } from "./judge-connection";
import { schemaField } from "./probes";
import { firstChoice, type Reply, type SeenReasoning } from "./reply";

/** What was asked, or why it was not. */
export type Asked = Reply | SkipReason;

type AbilityName = "tools" | "vision" | "json" | "jsonSchema";

/** A step from a reply: refused is no, broken is unclear, and `judge` says what an answer means. */
function judgeReply(
  name: AbilityName | "temperature",
  asked: Asked,
  judge: (reply: Reply) => DiagnosisStep["finding"],
): DiagnosisStep {
  if (typeof asked === "string") return makeStep(name, "skipped", { details: { reason: asked } });
  const durationMs = asked.totalMs;
  if (asked.isOk) return makeStep(name, judge(asked), { durationMs });
  if (asked.isRefused) return makeStep(name, "no", { details: { isRefused: true }, durationMs });
  return makeStep(name, "unclear", {
    errorCode: asked.failure?.code ?? null,
    details: statusOf(asked),
    durationMs,
  });
}

/** An answer that ran out of room shows nothing either way. */
const orUnclear = (reply: Reply, isShown: boolean) =>
  isShown ? "ok" : firstChoice(reply).finish === "length" ? "unclear" : "no";

/** Whether the model called the tool. */
export const judgeTools = (asked: Asked) =>
  judgeReply("tools", asked, (reply) => (firstChoice(reply).toolCalls > 0 ? "ok" : "unclear"));

/** Whether the model named what it was shown. */
export const judgeVision = (asked: Asked, isNamed: (text: string) => boolean) =>
  judgeReply("vision", asked, (reply) => orUnclear(reply, isNamed(firstChoice(reply).text)));

/** Whether the answer is a JSON object though nothing in the question asked for one. */
export const judgeJson = (asked: Asked) =>
  judgeReply("json", asked, (reply) =>
    orUnclear(reply, isObject(parseJson(firstChoice(reply).text))),
  );

/** Whether the answer has the shape that was asked for. */
export const judgeJsonSchema = (asked: Asked) =>
  judgeReply("jsonSchema", asked, (reply) => {
    const value = parseJson(firstChoice(reply).text);
    return orUnclear(reply, isObject(value) && typeof value[schemaField] === "number");
  });

/** Whether the model streams, and reports usage in the stream. */
export function judgeStream(
  asked: Asked,
  { isUsageRefused }: { isUsageRefused: boolean },
): [streams: DiagnosisStep, usage: DiagnosisStep] {
  if (typeof asked === "string") {
    const skipped = (name: DiagnosisStepName) =>
      makeStep(name, "skipped", { details: { reason: asked } });
    return [skipped("streams"), skipped("usageInStream")];
  }
  const { form, usage, firstMs, totalMs: durationMs, failure } = asked;
  const details = statusOf(asked);
  if (!asked.isOk) {
    const finding = asked.isRefused ? "no" : "unclear";
    const errorCode = asked.isRefused ? null : (failure?.code ?? null);
    return [
      makeStep("streams", finding, { errorCode, details, durationMs }),
      makeStep("usageInStream", finding, { errorCode, details }),
    ];
  }
  const isStream = form === "stream";
  return [
    makeStep("streams", isStream ? "ok" : "no", {
      ...(isStream ? { details: { ms: firstMs } } : {}),
      durationMs,
    }),
    isUsageRefused
      ? makeStep("usageInStream", "no", { details: { isRefused: true } })
      : makeStep("usageInStream", isStream && usage !== null ? "ok" : "no"),
  ];
}

/** Whether it thinks, and where that shows, from all that it has said. */
export function judgeReasoning(seen: SeenReasoning | null, skipped: SkipReason | null) {
  if (seen !== null) return makeStep("reasoning", "ok", { details: { field: seen } });
  return skipped === null
    ? makeStep("reasoning", "no")
    : makeStep("reasoning", "skipped", { details: { reason: skipped } });
}

/**
 * Whether earlier thoughts go back. Most ignore them; some refuse a call of a tool that comes back
 * without its thoughts, and some refuse thoughts wherever they stand.
 */
export function judgeReasoningBack(withThoughts: Asked, bareCall: Asked | null): DiagnosisStep {
  if (typeof withThoughts === "string")
    return makeStep("reasoningBack", "skipped", { details: { reason: withThoughts } });
  const bare = typeof bareCall === "string" ? null : bareCall;
  const durationMs = withThoughts.totalMs + (bare?.totalMs ?? 0);
  if (withThoughts.isRefused)
    return makeStep("reasoningBack", "no", {
      details: { rule: "never", isRefused: true },
      durationMs,
    });
  if (!withThoughts.isOk)
    return makeStep("reasoningBack", "unclear", {
      errorCode: withThoughts.failure?.code ?? null,
      details: statusOf(withThoughts),
      durationMs,
    });
  return bare?.isRefused === true
    ? makeStep("reasoningBack", "ok", { details: { rule: "always" }, durationMs })
    : makeStep("reasoningBack", "no", { details: { rule: "never" }, durationMs });
}
