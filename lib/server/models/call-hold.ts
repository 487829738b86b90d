import "server-only";
import type { ErrorDetails } from "@/lib/contracts/errors";
import type { BudgetRefusal } from "@/lib/contracts/budgets";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { AppError } from "@/lib/domain/errors/app-error";
import { sumSpent } from "@/lib/domain/ledger/estimate";
import type { OrphanFacts } from "@/lib/domain/ledger/orphan";
import type { ResolvedModel } from "../db/aliases";
import type { BudgetHold, CallToHold } from "../db/hold-budgets";
import { isDatabaseUnavailable } from "../db/unavailable";
import { TookTooLongError } from "../within";
import { boundCall, findMostOutput } from "./bound-call";
import { findAsked, type Asked, type Candidate } from "./candidates";
import type { FittedCall } from "./fit-call";
import type { GatePolicy } from "./gate-policy";
import type { ModelCall } from "./model-call";
import { ModelCallError } from "./model-call-error";
import { priceOf } from "./price-of";

/** How long an answer may get, and by which budget; null where the model's own limits do. */
export type AnswerLimit = { mostTokens: number | null; limitedBy: string | null };

const noRate = "none";

type Held = Extract<BudgetHold, { isHeld: true }>;

/** What a call has reserved in the budgets, and what it has used of that. */
export class CallHold {
  private readonly requests: CallAttempt[] = [];
  private held: Held = { isHeld: true, mostTokens: 0, limitedBy: null, isCounted: false };
  /** What may be asked under the reservation as it is. */
  private covered: readonly Asked[] = [];
  /** As it was when the call began: what it uses is settled at that. */
  private rateMicros: number | typeof noRate | null = null;

  private constructor(
    private readonly call: ModelCall,
    private readonly policy: GatePolicy,
  ) {}

  /**
   * Reserves for whichever of the models that can be asked is the dearest.
   *
   * @throws ModelCallError `budget_exceeded` or `budget_needs_price` when a budget has no room,
   * `database_unavailable` when nobody can say.
   */
  static async open(
    call: ModelCall,
    candidates: readonly Candidate[],
    policy: GatePolicy,
  ): Promise<CallHold> {
    const asked = findAsked(candidates);
    const hold = new CallHold(call, policy);
    // Where nobody can be asked, why is said by those who are passed over.
    const refusal = asked.length === 0 ? null : await hold.reserve(asked);
    if (refusal !== null) throw refusal;
    return hold;
  }

  /** Notes a request that is over. */
  note(attempt: CallAttempt): void {
    if (attempt.usage === null) return;
    this.requests.push(attempt);
    this.covered = [];
  }

  /**
   * Makes sure that a request is covered. The first is by the reservation as it was opened; one
   * after others that used something, or with a prompt that is larger than was thought, by one that
   * grows for it.
   */
  async cover(
    model: ResolvedModel,
    fitted: FittedCall,
    hasOwnKey: boolean,
  ): Promise<AnswerLimit & { failure: ModelCallError | null }> {
    const asked = { model, fitted, hasOwnKey };
    const isCovered = this.covered.some((one) => covers(one, asked));
    const failure = isCovered ? null : await this.reserve([asked]);
    if (failure !== null) return { mostTokens: null, limitedBy: null, failure };
    const { mostTokens, limitedBy, isCounted } = this.held;
    const { most, isBounded } = findMostOutput(this.call, model, fitted);
    if (!isCounted || (isBounded && mostTokens >= most))
      return { mostTokens: null, limitedBy: null, failure: null };
    return {
      mostTokens: Math.min(mostTokens, most),
      limitedBy: mostTokens < most ? limitedBy : null,
      failure: null,
    };
  }

  /** Nothing is asked under it any more. */
  end(): void {
    this.policy.noteCallOver(this.call.purpose.callId);
  }

  /** @returns why not. */
  private async reserve(asked: readonly Asked[]): Promise<ModelCallError | null> {
    const { call, policy } = this;
    try {
      this.rateMicros ??= (await policy.readRate()).cnyPerUsdMicros ?? noRate;
      const rateMicros = this.rateMicros === noRate ? null : this.rateMicros;
      const held = await policy.holdBudgets(
        call.actor,
        describeHold(call, asked, this.requests, rateMicros),
      );
      if (!held.isHeld) return describeRefusal(held.refusal);
      this.held = held;
      this.covered = asked;
      return null;
    } catch (error) {
      return describeOutage(error);
    }
  }
}

/** Whether what was reserved for one request is enough for another. */
function covers(one: Asked, other: Asked): boolean {
  return (
    one.model.id === other.model.id &&
    one.hasOwnKey === other.hasOwnKey &&
    one.fitted.mostInputTokens >= other.fitted.mostInputTokens
  );
}

/** Nobody is asked while nobody can say whether there is room. @throws what is no outage. */
function describeOutage(error: unknown): ModelCallError {
  if (!(error instanceof TookTooLongError) && !isDatabaseUnavailable(error)) throw error;
  const cause = new AppError("database_unavailable", { cause: error });
  return ModelCallError.from(cause, "before_headers");
}

function describeHold(
  call: ModelCall,
  asked: readonly Asked[],
  requests: readonly CallAttempt[],
  rateMicros: number | null,
): CallToHold {
  const spent = sumSpent(
    requests.flatMap(({ usage, payer, price }) => (usage === null ? [] : { usage, payer, price })),
    rateMicros,
  );
  const { callId, kind, conversationId, answerId } = call.purpose;
  return {
    ...{ callId, kind, conversationId, answerId },
    ...boundCall(call, asked, rateMicros),
    spent,
    rateMicros,
    first: describeFirst(asked[0]),
  };
}

function describeFirst(asked: Asked | undefined): OrphanFacts {
  if (asked === undefined) throw new Error("a hold for no model");
  const { model, fitted, hasOwnKey } = asked;
  return {
    providerId: model.provider.id,
    providerName: model.provider.name,
    modelId: model.id,
    modelName: model.name,
    payer: hasOwnKey ? "member" : "team",
    price: priceOf(model),
    inputTokens: fitted.inputTokens,
  };
}

/** A refusal by a budget, as a failed call. */
export function describeRefusal(refusal: BudgetRefusal): ModelCallError {
  const { budgetId, name, scope, unit, period, reason, limit, used, held, resetsAt } = refusal;
  const code = reason === "unpriced" ? "budget_needs_price" : "budget_exceeded";
  const details: ErrorDetails = {
    ...{ budgetId, budget: name, scope, unit, period, limit, used, held },
    ...dropUndefined({ resetsAt: resetsAt ?? undefined }),
  };
  return ModelCallError.from(new AppError(code, { details }), "before_headers");
}
