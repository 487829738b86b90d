import "server-only";
import type { ContextPlanView } from "@/lib/contracts/context";
import type { Parameters } from "@/lib/contracts/parameters";
import { findMostInput, findOutputRoom } from "@/lib/domain/context/output-room";
import type { ContextPlan, PlanRoom } from "@/lib/domain/context/plan";
import { priceTurn } from "@/lib/domain/context/plan-cost";
import type { ResolvedModel } from "../db/aliases";
import { findMostOutput } from "../models/bound-call";
import { priceOf } from "../models/price-of";

export type PlanToPrice = {
  model: ResolvedModel | null;
  /** Null where it does not fit. */
  plan: ContextPlan | null;
  room: PlanRoom;
  parameters: Parameters;
  /** Everything that is sent, as it is shown. */
  inputTokens: number;
  /** How many answers are asked for, and whether by one request. */
  answers: number;
  isOneCall: boolean;
};

/**
 * What a turn would cost, and at most: as much as its hold would reserve in a budget, for the model
 * that is asked first. Null where the price is unknown.
 */
export function pricePlan(given: PlanToPrice): ContextPlanView["cost"] {
  const { model, plan, room, parameters, inputTokens, answers, isOneCall } = given;
  if (model === null) return null;
  const mostInputTokens = findMostInput({ inputTokens }, room.ruler);
  const outputRoom = plan === null ? room.reply : findOutputRoom(plan, room.ruler);
  return priceTurn(priceOf(model), {
    inputTokens,
    mostInputTokens,
    mostOutputTokens: findMostOutput({ parameters }, model, { mostInputTokens, outputRoom }).most,
    answers: isOneCall ? answers : 1,
    requests: isOneCall ? 1 : answers,
  });
}
