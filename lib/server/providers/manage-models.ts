import "server-only";
import { capabilityCardSchema, emptyCard } from "@/lib/contracts/cards";
import type { Model, ModelPatch } from "@/lib/contracts/providers";
import type { Actor } from "@/lib/domain/actor";
import { fix, modelFacts, release, setByHand } from "@/lib/domain/cards/set-by-hand";
import { toCard } from "@/lib/domain/diagnosis/to-card";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import { createModel, requireModel, updateModel, type ModelChange } from "../db/models";
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

/**
 * Changes a model. Facts that are set here are fixed; those named by `unfix` go back to what is
 * known of the model without a person's say. @throws AppError `not_found`.
 */
export async function changeModel(
  actor: Actor,
  id: string,
  { card, unfix = [], ...patch }: ModelPatch,
): Promise<Model> {
  const change = dropUndefined(patch);
  const byHand = modelFacts.filter((name) => name in change);
  if (card === undefined && unfix.length === 0 && byHand.length === 0)
    return updateModel(actor, id, change);
  const before = await requireModel(actor, id);
  const set = fix(setByHand(before.card, card ?? {}), byHand);
  if (unfix.length === 0) return updateModel(actor, id, { ...change, card: set });
  return updateModel(actor, id, { ...change, ...(await unfixFacts(actor, before, set, unfix)) });
}

async function unfixFacts(
  actor: Actor,
  model: Model,
  card: Model["card"],
  paths: readonly string[],
): Promise<ModelChange> {
  const { kind } = await requireProvider(actor, model.providerId);
  const known = describeModel(kind, model.name);
  const shipped = capabilityCardSchema.catch(emptyCard).parse(known.card);
  const released = release(card, paths, shipped);
  const facts = modelFacts.filter((name) => paths.includes(name) && card.fixed.includes(name));
  return {
    ...Object.fromEntries(facts.map((name) => [name, known[name]])),
    card: model.diagnosis === null ? released : toCard(released, model.diagnosis),
  };
}
