import "server-only";
import type { ErrorCode } from "@/lib/contracts/errors";
import { settleCard } from "@/lib/domain/dialects/settle-card";
import { AppError } from "@/lib/domain/errors/app-error";
import { mayAnswerInstead } from "@/lib/domain/failover/decide-failover";
import { judgeTargets, type Hindrance } from "@/lib/domain/failover/judge-target";
import type { ResolvedModel } from "../db/aliases";
import { logger } from "../logger";
import { readProviderKeys, type OpenKey } from "../providers/provider-key";
import { SealError } from "../secrets/seal";
import { fitCall, type FittedCall } from "./fit-call";
import type { ModelCall } from "./model-call";
import { ModelCallError } from "./model-call-error";
import type { TargetFailure } from "./try-target";

/** A model of a call, and why it is not asked; null when it is. */
export type Candidate = {
  model: ResolvedModel;
  keys: OpenKey[];
  hindrance: Hindrance | null;
  /** What it would be sent; null where that does not fit. */
  fitted: FittedCall | null;
};

/** A model that did not answer. */
export type PassedOver = TargetFailure & { model: ResolvedModel };

/** Opens the keys of a call's models, and judges which of them can do what it needs. */
export function findCandidates(call: ModelCall): Candidate[] {
  const { targets, context } = call;
  // Earlier ones are left out for a model that does not see; the question's are what it is about.
  const question = context.branch.findLast(({ role }) => role === "user");
  const hasImages = (question?.images ?? []).length > 0;
  const fits = targets.map((model) => tryToFit(call, model));
  const opened = targets.map((model) => ({ model, keys: openKeys(model) }));
  const hindrances = judgeTargets(
    opened.map(({ model: { name, card, contextWindow, provider }, keys }) => ({
      contextWindow,
      vision: hasImages ? settleCard(provider.kind, name, card).capabilities.vision : "unknown",
      keyCount: keys?.length ?? 0,
      hasKeysAside: keys === null || provider.asideCount > 0,
      allowsMemberKeys: provider.allowsMemberKeys,
    })),
    { hasImages, inputTokens: 0 },
  );
  return opened.map(({ model, keys }, index) => {
    const fit = fits[index];
    const misfit = fit instanceof AppError ? { code: fit.code, details: fit.details ?? {} } : null;
    return {
      model,
      keys: keys ?? [],
      hindrance: hindrances[index] ?? misfit,
      fitted: fit === undefined || fit instanceof AppError ? null : fit,
    };
  });
}

function tryToFit(call: ModelCall, model: ResolvedModel): FittedCall | AppError {
  try {
    return fitCall(call, model);
  } catch (error) {
    if (error instanceof AppError && error.code === "context_too_long") return error;
    throw error;
  }
}

/** @returns null when a key does not open: as good as one that the provider refuses. */
function openKeys({ id: modelId, provider }: ResolvedModel): OpenKey[] | null {
  try {
    return readProviderKeys(provider);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    logger().error({ error, modelId, providerId: provider.id }, "a stored key does not open");
    return null;
  }
}

/**
 * Why a model is not asked after what those before it met: null when it is, "all" when none is any
 * more.
 */
export function findHindrance(
  { model, hindrance, fitted }: Candidate,
  passedOver: readonly PassedOver[],
): Hindrance | "all" | null {
  if (hindrance !== null) return hindrance;
  for (const { failure, wasAsked, model: failed } of passedOver) {
    const { code, details = {} } = failure;
    const { contextWindow } = failed;
    if (
      !wasAsked ||
      mayAnswerInstead({ code, details, contextWindow }, model, fitted?.inputTokens ?? 0)
    )
      continue;
    return code === "context_too_long" ? { code, details } : "all";
  }
  return null;
}

/** What is said of a model that was not asked. */
export function toFailure({ code, details }: Hindrance): TargetFailure {
  const failure = ModelCallError.from(new AppError(code, { details }), "before_headers");
  return { failure, wasAsked: false };
}

// What a person, or an admin, can do something about comes before what only passes with time.
const clarity: readonly ErrorCode[] = [
  "model_incapable",
  "context_too_long",
  "own_key_missing",
  "provider_key_refused",
  "provider_busy",
  "provider_resting",
];

/** What to say when nobody answered: what the last model that was asked met, else why none was. */
export function findClearest(passedOver: readonly PassedOver[]): Error {
  const asked = passedOver.findLast(({ wasAsked }) => wasAsked);
  if (asked !== undefined) return asked.failure;
  const rank = ({ failure }: PassedOver) => clarity.indexOf(failure.code);
  const [first] = passedOver.toSorted((one, other) => rank(one) - rank(other));
  return first?.failure ?? new AppError("no_model");
}
