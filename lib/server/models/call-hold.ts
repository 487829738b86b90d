import "server-only";
import type { ErrorDetails } from "@/lib/contracts/errors";
import type { BudgetRefusal } from "@/lib/contracts/budgets";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { AppError } from "@/lib/domain/errors/app-error";
import { boundTarget, sumSpent, type TargetBounds } from "@/lib/domain/ledger/estimate";
import type { OrphanFacts } from "@/lib/domain/ledger/orphan";
import type { ResolvedModel } from "../db/aliases";
import type { BudgetHold } from "../db/hold-budgets";
import { canBeAsked, type Candidate } from "./candidates";
import type { FittedCall } from "./fit-call";
import type { GatePolicy } from "./gate-policy";
import type { ModelCall } from "./model-call";
import { ModelCallError } from "./model-call-error";
import { priceOf } from "./price-of";

/** A limit of the answer that is worth asking with, in tokens. */
const leastTokens = 256;
/** The longest answer of a model of which neither a limit nor a window is known. */
const plainMostTokens = 16_384;

/** How long an answer may get, and by which budget; null where the model's own limits do. */
export type AnswerLimit = { mostTokens: number | null; limitedBy: string | null };

type Held = Extract<BudgetHold, { isHeld: true }>;

/** What a call has reserved in the budgets, and what it has used of that. */
export class CallHold {
  /** The requests that used something since the reservation was made. */
  private isSpent = false;
  private readonly requests: CallAttempt[] = [];

  private constructor(
    private readonly call: ModelCall,
    private readonly policy: GatePolicy,
    private held: Held,
  ) {}

  /**
   * Reserves for whichever of the models that can be asked is the dearest.
   *
   * @throws ModelCallError `budget_exceeded` or `budget_needs_price` when a budget has no room.
   */
  static async open(
    call: ModelCall,
    candidates: readonly Candidate[],
    policy: GatePolicy,
  ): Promise<CallHold> {
    const asked = candidates.flatMap((candidate) => {
      if (!canBeAsked(candidate)) return [];
      const fitted = candidate.fit();
      if (!("plan" in fitted)) return [];
      const hasOwnKey = candidate.keys[0]?.owner === "member";
      return [{ model: candidate.model, fitted, hasOwnKey }];
    });
    const [first] = asked;
    // Then nobody is asked, and why is said by those who are passed over.
    if (first === undefined)
      return new CallHold(call, policy, {
        isHeld: true,
        mostTokens: 0,
        limitedBy: null,
        isCounted: false,
      });
    const held = await reserve(call, policy, asked, []);
    if (!held.isHeld) throw describeRefusal(held.refusal);
    return new CallHold(call, policy, held);
  }

  /** Notes a request that is over. */
  note(attempt: CallAttempt): void {
    if (attempt.usage === null) return;
    this.requests.push(attempt);
    this.isSpent = true;
  }

  /**
   * Makes sure that a request is covered: the first is by the reservation itself, one after others
   * that used something reserves what they took from it.
   */
  async cover(
    model: ResolvedModel,
    fitted: FittedCall,
    hasOwnKey: boolean,
  ): Promise<AnswerLimit & { failure: ModelCallError | null }> {
    if (this.isSpent) {
      const held = await reserve(
        this.call,
        this.policy,
        [{ model, fitted, hasOwnKey }],
        this.requests,
      );
      if (!held.isHeld)
        return { mostTokens: null, limitedBy: null, failure: describeRefusal(held.refusal) };
      this.held = held;
      this.isSpent = false;
    }
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
}

type Asked = { model: ResolvedModel; fitted: FittedCall; hasOwnKey: boolean };

async function reserve(
  call: ModelCall,
  policy: GatePolicy,
  asked: readonly Asked[],
  requests: readonly CallAttempt[],
): Promise<BudgetHold> {
  const { cnyPerUsdMicros: rateMicros } = await policy.readRate();
  const bounds = asked.map(({ model, fitted, hasOwnKey }): TargetBounds =>
    boundTarget(
      {
        inputTokens: fitted.mostInputTokens,
        mostOutputTokens: findMostOutput(call, model, fitted).most,
        answers: call.n ?? 1,
        payer: hasOwnKey ? "member" : "team",
        price: priceOf(model),
      },
      rateMicros,
    ),
  );
  const spent = sumSpent(
    requests.flatMap(({ usage, payer, price }) => (usage === null ? [] : { usage, payer, price })),
    rateMicros,
  );
  const { callId, kind, conversationId, answerId } = call.purpose;
  return policy.holdBudgets(call.actor, {
    callId,
    kind,
    conversationId,
    answerId,
    wantedTokens: Math.max(...bounds.map(({ most }) => most)),
    leastTokens,
    bounds,
    spent,
    rateMicros,
    first: describeFirst(asked[0]),
  });
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

/** The longest answer that a model can write; not bounded where nothing is known of that. */
function findMostOutput(
  { parameters }: ModelCall,
  { maxOutputTokens }: ResolvedModel,
  { outputRoom }: FittedCall,
): { most: number; isBounded: boolean } {
  const known = [parameters.maxOutputTokens, maxOutputTokens, outputRoom].filter(
    (limit) => limit != null,
  );
  return known.length === 0
    ? { most: plainMostTokens, isBounded: false }
    : { most: Math.max(0, Math.min(...known)), isBounded: true };
}

function describeRefusal(refusal: BudgetRefusal): ModelCallError {
  const { budgetId, name, scope, unit, period, reason, limit, used, held, resetsAt } = refusal;
  const code = reason === "unpriced" ? "budget_needs_price" : "budget_exceeded";
  const details: ErrorDetails = {
    ...{ budgetId, budget: name, scope, unit, period, limit, used, held },
    ...dropUndefined({ resetsAt: resetsAt ?? undefined }),
  };
  return ModelCallError.from(new AppError(code, { details }), "before_headers");
}
