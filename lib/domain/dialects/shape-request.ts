import type { CapabilityCard } from "@/lib/contracts/cards";
import type { LeftOut, ParameterName, Parameters } from "@/lib/contracts/parameters";
import type { ProviderKind } from "@/lib/contracts/providers";
import type { Json } from "../chat-completions/json";
import { isThinking } from "../parameters/is-thinking";
import { describeThinking } from "./describe-thinking";
import { findDialect } from "./dialect";
import { findNearestEffort } from "./nearest-effort";
import { settleCard } from "./settle-card";
import { shapeFormat } from "./shape-format";
import { shapeMessages, type RequestMessage } from "./shape-messages";
import { shapeNumbers } from "./shape-numbers";
import type { Shaping } from "./shaping";

/** What is to be asked of a model, in nobody's dialect. */
export type RequestPlan = {
  kind: ProviderKind;
  modelName: string;
  card: CapabilityCard;
  messages: readonly RequestMessage[];
  parameters: Parameters;
  /** How many answers, in this one request. */
  n: number;
  isStream: boolean;
  /** The most tokens of one answer that the model gives; null when unknown. */
  maxOutputTokens?: number | null;
  /** Tokens of the window that the prompt leaves; null when unknown. */
  outputRoom?: number | null;
};

/**
 * Writes the body of a chat completion as its model takes it. What the model is known not to take is
 * left out, or comes as near as it takes it, and either is said; what is unknown goes along.
 */
export function shapeRequest(plan: RequestPlan): { body: Json; leftOut: LeftOut[] } {
  const { kind, modelName, parameters, n, isStream } = plan;
  const dialect = findDialect(kind);
  const card = settleCard(kind, modelName, plan.card);
  const leftOut = new Map<ParameterName, LeftOut["reason"]>();
  const shaping: Shaping = {
    dialect,
    card,
    modelName,
    parameters,
    isThinking: isThinking(describeThinking(kind, modelName, card), parameters),
    leaveOut: (name, reason) => void leftOut.set(name, reason),
  };
  const { fields: format, hint } = shapeFormat(shaping, plan.messages);
  const body: Json = {
    model: modelName,
    messages: shapeMessages(plan.messages, card, hint),
    ...shapeLimit(shaping, [plan.maxOutputTokens, plan.outputRoom]),
    ...shapeNumbers(shaping),
    ...shapeStop(shaping),
    ...shapeCount(shaping, n),
    ...shapeEffort(shaping),
    ...format,
    ...(isStream ? { stream: true } : {}),
    ...(isStream && card.capabilities.usageInStream !== "no"
      ? { stream_options: { include_usage: true } }
      : {}),
  };
  return { body, leftOut: Array.from(leftOut, ([name, reason]) => ({ name, reason })) };
}

/** Strict servers refuse a prompt and a limit that are more than their window together. */
function shapeLimit(
  { card, parameters, leaveOut }: Shaping,
  most: readonly (number | null | undefined)[],
): Json {
  const { maxOutputTokens: wanted } = parameters;
  if (wanted === undefined) return {};
  if (card.parameters.maxOutputTokens === "no") {
    leaveOut("maxOutputTokens", "not_taken");
    return {};
  }
  const limit = Math.max(1, Math.min(wanted, ...most.map((one) => one ?? wanted)));
  if (limit < wanted) leaveOut("maxOutputTokens", "only_some_values");
  return { [card.outputLimitField]: limit };
}

function shapeStop({ dialect, card, parameters, leaveOut }: Shaping): Json {
  const { stop = [] } = parameters;
  if (stop.length === 0) return {};
  if (card.parameters.stop === "no") {
    leaveOut("stop", "not_taken");
    return {};
  }
  if (stop.length > dialect.mostStops) leaveOut("stop", "only_some_values");
  return { stop: stop.slice(0, dialect.mostStops) };
}

function shapeCount({ dialect, card, isThinking, leaveOut }: Shaping, n: number): Json {
  if (n === 1) return {};
  if (isThinking && dialect.fixedWhileThinking.includes("n")) {
    leaveOut("n", "fixed_by_model");
    return {};
  }
  if (card.parameters.n === "no") {
    leaveOut("n", "not_taken");
    return {};
  }
  return { n };
}

function shapeEffort({ dialect, card, modelName, parameters, leaveOut }: Shaping): Json {
  const { reasoningEffort: wanted } = parameters;
  if (wanted === undefined) return {};
  const isTaken = card.parameters.reasoningEffort !== "no" && card.capabilities.reasoning !== "no";
  const nearest = findNearestEffort(wanted, card.reasoningEfforts ?? [wanted]);
  const written =
    isTaken && nearest !== null ? dialect.writeEffort(nearest, { modelName, card }) : null;
  if (written === null) {
    // Who asks for no thoughts gets what is wanted of a model that has none.
    if (wanted !== "none") leaveOut("reasoningEffort", "not_taken");
    return {};
  }
  if (nearest !== wanted || !written.isExact) leaveOut("reasoningEffort", "only_some_values");
  return written.fields;
}
