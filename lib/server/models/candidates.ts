import "server-only";
import type { ErrorCode } from "@/lib/contracts/errors";
import { settleCard } from "@/lib/domain/dialects/settle-card";
import { AppError } from "@/lib/domain/errors/app-error";
import { mayAnswerInstead } from "@/lib/domain/failover/decide-failover";
import { judgeTarget, type Hindrance } from "@/lib/domain/failover/judge-target";
import type { ResolvedModel } from "../db/aliases";
import { logger } from "../logger";
import { readProviderKeys, type OpenKey } from "../providers/provider-key";
import { SealError } from "../secrets/seal";
import type { AskedModel } from "./bound-call";
import { fitCall, type FittedCall } from "./fit-call";
import type { ModelCall } from "./model-call";
import { ModelCallError } from "./model-call-error";
import type { TargetFailure } from "./target-failure";

/** A model of a call. */
export type Candidate = {
  model: ResolvedModel;
  keys: OpenKey[];
  /** Why it is not asked, whatever it would be sent; null when it may be. */
  hindrance: Hindrance | null;
  /** What it would be sent, or why nothing fits; planned when that is asked for first. */
  fit: () => FittedCall | Hindrance;
};

/** A model that did not answer. */
export type PassedOver = TargetFailure & { model: ResolvedModel };

type CallToJudge = Pick<ModelCall, "targets" | "context" | "parameters">;

/** Opens the keys of a call's models, and judges which of them can do what it needs. */
export function findCandidates(call: CallToJudge): Candidate[] {
  // Earlier ones are left out for a model that does not see; the question's are what it is about.
  const question = call.context.branch.findLast(({ role }) => role === "user");
  const hasImages = (question?.images ?? []).length > 0;
  return call.targets.map((model) => {
    const { name, card, provider } = model;
    const keys = openKeys(model);
    const facts = {
      vision: hasImages ? settleCard(provider.kind, name, card).capabilities.vision : "unknown",
      keyCount: keys?.length ?? 0,
      hasKeysAside: keys === null || provider.asideCount > 0,
      allowsMemberKeys: provider.allowsMemberKeys,
    };
    let fitted: FittedCall | Hindrance | null = null;
    return {
      model,
      keys: keys ?? [],
      hindrance: judgeTarget(facts, { hasImages }),
      fit: () => (fitted ??= tryToFit(call, model)),
    };
  });
}

function tryToFit(call: CallToJudge, model: ResolvedModel): FittedCall | Hindrance {
  const fitted = fitCall(call, model);
  if ("plan" in fitted) return fitted;
  const { tokens, limit } = fitted;
  return { code: "context_too_long", details: { tokens, limit } };
}

/** Whether a model could be asked, as far as we know. */
export function canBeAsked({ hindrance, fit }: Candidate): boolean {
  return hindrance === null && "plan" in fit();
}

/** A model that can be asked, what it would be sent, and who pays it. */
export type Asked = AskedModel & { fitted: FittedCall };

/** Those of a call's models that can be asked, as far as we know. */
export function findAsked(candidates: readonly Candidate[]): Asked[] {
  return candidates.flatMap((candidate): Asked[] => {
    if (!canBeAsked(candidate)) return [];
    const fitted = candidate.fit();
    if (!("plan" in fitted)) return [];
    const hasOwnKey = candidate.keys[0]?.owner === "member";
    return [{ model: candidate.model, fitted, hasOwnKey }];
  });
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

/** Whether what a model met lets no other one be asked. */
export function endsCall({ failure, wasAsked }: PassedOver): boolean {
  return wasAsked && !mayAnswerInstead(failure.code);
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
