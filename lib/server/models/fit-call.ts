import "server-only";
import {
  planContext,
  type ContextPlan,
  type PlanRefusal,
  type PlanRoom,
} from "@/lib/domain/context/plan";
import { findReplyRoom } from "@/lib/domain/context/reply-room";
import { settleCard } from "@/lib/domain/dialects/settle-card";
import { AppError } from "@/lib/domain/errors/app-error";
import { makeRuler } from "@/lib/domain/tokens/ruler";
import type { ResolvedModel } from "../db/aliases";
import type { ModelCall, PromptMessage } from "./model-call";

/** What one model is sent. */
export type FittedCall = {
  prompt: PromptMessage[];
  /** By our own count. */
  inputTokens: number;
  plan: ContextPlan;
};

/** The room that a model has, and how its tokens are measured. */
export function findRoom(
  { parameters }: Pick<ModelCall, "parameters">,
  model: ResolvedModel,
): PlanRoom {
  const { contextWindow: window, maxOutputTokens, calibration, name, provider } = model;
  const card = settleCard(provider.kind, name, model.card);
  return {
    window,
    reply: findReplyRoom(window, parameters.maxOutputTokens ?? null, maxOutputTokens),
    ruler: makeRuler(name, calibration),
    sendsReasoning: card.reasoningBack === "always",
  };
}

/** What a call would send to a model, or why it can't; nothing is asked. */
export function planCall(
  call: Pick<ModelCall, "context" | "parameters">,
  model: ResolvedModel,
): ContextPlan | PlanRefusal {
  return planContext(call.context, findRoom(call, model));
}

/**
 * Plans what a model is sent, within its window.
 *
 * @throws AppError `context_too_long` where not even the system prompt and the newest message fit.
 */
export function fitCall(
  call: Pick<ModelCall, "context" | "parameters">,
  model: ResolvedModel,
): FittedCall {
  const { context } = call;
  const plan = planCall(call, model);
  if (!("sent" in plan)) throw new AppError("context_too_long", { details: { ...plan } });
  const known = new Map(context.branch.map((message) => [message.id, message]));
  const messages = plan.sent.map(({ id, role, text }): PromptMessage => {
    const { images = [], reasoning = "" } = known.get(id) ?? {};
    return {
      role,
      text,
      ...(images.length === 0 ? {} : { images: [...images] }),
      ...(reasoning === "" ? {} : { reasoning }),
    };
  });
  const { system, inputTokens } = plan;
  const prompt: PromptMessage[] =
    system === null ? messages : [{ role: "system", text: system }, ...messages];
  return { prompt, inputTokens, plan };
}
