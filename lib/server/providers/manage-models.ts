import "server-only";
import type { CapabilityCard } from "@/lib/contracts/cards";
import type { Model, ModelPatch } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import { createModel, requireModel, updateModel } from "../db/models";
import { requireProvider } from "../db/providers";
import { describeModel } from "./describe-model";

/** Adds one more model of a provider. @throws AppError `not_found`, `conflict`. */
export async function addModel(
  actor: Actor,
  { providerId, name }: { providerId: string; name: string },
): Promise<Model> {
  const { kind } = await requireProvider(actor, providerId);
  return createModel(actor, providerId, describeModel(kind, name));
}

/** Changes a model; facts of its card that are set here are fixed. @throws AppError `not_found`. */
export async function changeModel(
  actor: Actor,
  id: string,
  { card, ...patch }: ModelPatch,
): Promise<Model> {
  if (card === undefined) return updateModel(actor, id, dropUndefined(patch));
  const before = await requireModel(actor, id);
  return updateModel(actor, id, {
    ...dropUndefined(patch),
    card: setByHand(before.card, card),
  });
}

function setByHand(
  before: CapabilityCard,
  { capabilities = {}, parameters = {}, ...facts }: NonNullable<ModelPatch["card"]>,
): CapabilityCard {
  const fixed = [
    ...before.fixed,
    ...Object.keys(capabilities).map((name) => `capabilities.${name}`),
    ...Object.keys(parameters).map((name) => `parameters.${name}`),
    ...Object.keys(dropUndefined(facts)),
  ];
  return {
    ...before,
    ...dropUndefined(facts),
    capabilities: { ...before.capabilities, ...capabilities },
    parameters: { ...before.parameters, ...parameters },
    source: "admin",
    fixed: [...new Set(fixed)],
  };
}
