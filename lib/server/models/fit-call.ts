import "server-only";
import type { Parameters } from "@/lib/contracts/parameters";
import {
  planContext,
  type ContextPlan,
  type PlanRefusal,
  type PlanRoom,
} from "@/lib/domain/context/plan";
import {
  findMostInput,
  findOutputRoom,
  findSlack,
  giveSlackBack,
} from "@/lib/domain/context/output-room";
import { findReplyRoom } from "@/lib/domain/context/reply-room";
import { settleCard } from "@/lib/domain/dialects/settle-card";
import type { RoomCorrection } from "@/lib/domain/failover/correct-room";
import { makeRuler, type Ruler } from "@/lib/domain/tokens/ruler";
import type { ResolvedModel } from "../db/aliases";
import { currentCalibration } from "./calibrations";
import type { CallContext, ContextMessage } from "./call-context";
import { measureImages } from "./measure-images";
import type { ModelCall } from "./model-call";
import type { PromptMessage } from "./prompt-message";
import { unseenImage } from "./provider-request";
import { writePrompt } from "./write-prompt";

/** What a call says, and how long its answer may get. */
export type CallToFit = Pick<ModelCall, "context" | "parameters">;

/** What one model is sent. */
export type FittedCall = {
  prompt: PromptMessage[];
  /** By our own count. */
  inputTokens: number;
  /** What the prompt may count at most, should our own count be low. */
  mostInputTokens: number;
  /** The most that the answer may be allowed beside the prompt; null where the window is unknown. */
  outputRoom: number | null;
  plan: ContextPlan;
};

/** The room that a model has, and how its tokens are measured. */
export function findRoom(
  { parameters }: Pick<ModelCall, "parameters">,
  model: ResolvedModel,
  correction: RoomCorrection | null = null,
): PlanRoom {
  const { contextWindow, maxOutputTokens, name, provider } = model;
  const card = settleCard(provider.kind, name, model.card);
  const calibration = currentCalibration(model);
  const window = correction?.window ?? findWindow([contextWindow, calibration.window]);
  return {
    window,
    reply:
      correction?.reply ??
      findReplyRoom(window, parameters.maxOutputTokens ?? null, maxOutputTokens),
    ruler: scaleRuler(makeRuler(name, calibration), correction?.scale ?? 1),
    sendsReasoning: card.reasoningBack === "always",
  };
}

/** What a call would send to a model, or why it can't; nothing is asked. */
export function planCall(
  { context, parameters }: CallToFit,
  model: ResolvedModel,
  correction: RoomCorrection | null = null,
): ContextPlan | PlanRefusal {
  const { name } = model;
  const room = findRoom({ parameters }, model, correction);
  const isLimited = parameters.maxOutputTokens !== undefined && correction?.reply == null;
  const slack = isLimited ? findSlack(room) : 0;
  const plan = planContext(
    {
      ...context,
      branch: sees(model) ? measureImages(context, name) : withoutImages(context, room.ruler),
      toolTokens: context.toolTokens + measureFormat(parameters, room.ruler),
    },
    { ...room, reply: room.reply + slack },
  );
  return giveSlackBack(plan, slack);
}

/**
 * Plans what a model is sent, within its window.
 *
 * @param correction what a refusal of this very call has shown.
 * @returns a refusal where not even the system prompt and the newest message fit.
 */
export function fitCall(
  call: CallToFit,
  model: ResolvedModel,
  correction: RoomCorrection | null = null,
): FittedCall | PlanRefusal {
  const plan = planCall(call, model, correction);
  if (!("sent" in plan)) return plan;
  const { ruler } = findRoom(call, model, correction);
  return {
    prompt: writePrompt(plan, call.context, { sees: sees(model) }),
    inputTokens: plan.inputTokens,
    mostInputTokens: findMostInput(plan, ruler),
    outputRoom: findOutputRoom(plan, ruler),
    plan,
  };
}

/** The window of a model, or the smaller one that its provider has named. */
function findWindow(known: readonly (number | null)[]): number | null {
  const windows = known.filter((window) => window !== null);
  return windows.length === 0 ? null : Math.min(...windows);
}

function scaleRuler(ruler: Ruler, scale: number): Ruler {
  if (scale === 1) return ruler;
  return {
    ...ruler,
    perMessage: Math.ceil(ruler.perMessage * scale),
    measure: (counts) => Math.ceil(ruler.measure(counts) * scale),
  };
}

// The sentence that asks for JSON where there is no field for it.
const formatOverhead = 32;

/** A schema that the answer has to fit goes along with each request. */
function measureFormat({ responseFormat }: Parameters, ruler: Ruler): number {
  if (responseFormat === undefined || responseFormat.type === "text") return 0;
  return formatOverhead + ruler.measure(ruler.count(JSON.stringify(responseFormat)));
}

const sees = ({ provider, name, card }: ResolvedModel) =>
  settleCard(provider.kind, name, card).capabilities.vision !== "no";

/** What a model that does not see is given of messages with images. */
function withoutImages({ branch }: CallContext, ruler: Ruler): readonly ContextMessage[] {
  return branch.map((message) => {
    if ((message.images ?? []).length === 0) return message;
    const { images: _images, imageTokens: _imageTokens, ...written } = message;
    return message.text.trim() === ""
      ? { ...written, text: unseenImage, counts: ruler.count(unseenImage) }
      : written;
  });
}
