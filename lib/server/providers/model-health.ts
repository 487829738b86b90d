import "server-only";
import type { ModelHealth } from "@/lib/contracts/aliases";
import type { Actor } from "@/lib/domain/actor";
import { describeBreaker, freshBreaker } from "@/lib/domain/failover/breaker-memory";
import { judgeModel } from "@/lib/domain/failover/model-state";
import { findModelCalls, type ModelCalls } from "../db/model-calls";
import { findModels, requireModel } from "../db/models";
import { gatePolicy } from "../models/gate-policy";
import { findEnvironmentProvider } from "./environment-provider";

/** How every model has done in the last 24 hours, and whether it rests. Admins only. */
export async function findModelHealth(actor: Actor): Promise<ModelHealth[]> {
  const models = await findModelCalls(actor);
  const states = await gatePolicy().breaker.readAll(models.map(({ modelId }) => modelId));
  const nowMs = Date.now();
  return models.map((model) => {
    const { breaker, probeAt } = describeBreaker(states.get(model.modelId) ?? freshBreaker, nowMs);
    const { modelId, calls, failures, recentErrors } = model;
    const firstTokenMs = model.firstTokenMs === null ? null : Math.round(model.firstTokenMs);
    return {
      modelId,
      state: judgeModel({ ...model, breaker, firstTokenMs, hasNoKey: hasNoKey(model) }),
      calls,
      failures,
      firstTokenMs,
      breaker,
      probeAt,
      recentErrors: recentErrors.map(({ at, ...error }) => ({ at: at.toISOString(), ...error })),
    };
  });
}

/**
 * The providers that fail just now: one of their models rests, or has no key of use. Admins only.
 */
export async function findFailingProviders(actor: Actor): Promise<Set<string>> {
  const [models, health] = await Promise.all([findModels(actor), findModelHealth(actor)]);
  const failing = new Set(
    health
      .filter(({ state }) => state === "resting" || state === "aside")
      .map(({ modelId }) => modelId),
  );
  return new Set(models.filter(({ id }) => failing.has(id)).map(({ providerId }) => providerId));
}

/**
 * Lets a model be called again at once, whatever it did before.
 * @throws AppError `not_found`.
 */
export async function endRest(actor: Actor, modelId: string): Promise<void> {
  await requireModel(actor, modelId);
  await gatePolicy().breaker.forget(modelId);
}

/**
 * Lets the models of a provider be called again that failed: its address, a key or a setting is
 * another one now, and what was before says nothing about that.
 */
export async function endRestsOf(actor: Actor, providerId: string): Promise<void> {
  const { breaker } = gatePolicy();
  const models = (await findModels(actor)).filter((model) => model.providerId === providerId);
  const states = await breaker.readAll(models.map(({ id }) => id));
  const failing = [...states].filter(([, { failuresInRow }]) => failuresInRow > 0);
  await Promise.all(failing.map(([modelId]) => breaker.forget(modelId)));
}

/** Nothing to call it with, though there are keys. */
function hasNoKey({ source, kind, keysInUse, keysAside }: ModelCalls): boolean {
  if (keysInUse > 0 || keysAside === 0) return false;
  return (findEnvironmentProvider({ source, kind })?.key ?? null) === null;
}
