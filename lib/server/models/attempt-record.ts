import "server-only";
import type { LeftOut } from "@/lib/contracts/parameters";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import type { UsageCounts } from "@/lib/domain/chat-completions/repair-usage";
import { countTokens } from "@/lib/domain/tokens/count-text";
import type { CallPhase } from "@/lib/domain/errors/provider-failure";
import { priceOf } from "./price-of";
import type { TargetCall } from "./target-call";
import type { ModelCallError } from "./model-call-error";

/** How a request ended. */
export type AttemptEnd =
  { outcome: "answered" | "aborted" } | { outcome: "failed"; failure: ModelCallError };

/** Who wants to know how far a request has come, while it runs. */
export type AttemptWatch = { gotHeaders: () => void; gotContent: () => void };

const windowSlack = 2;
/** Where a model's is unknown: none is larger. */
const largestWindow = 2_000_000;

/** Keeps the book of one request to a provider while it runs. */
export class AttemptRecord {
  private readonly startedAt = new Date();
  private firstTokenAt: Date | null = null;
  private headersAt: Date | null = null;
  private readonly written: string[] = [];
  private reported: UsageCounts | null = null;
  private leftOut: LeftOut[] = [];
  private isClosed = false;
  private readonly call: TargetCall;
  private readonly number: number;
  private readonly watch: AttemptWatch | null;

  constructor(call: TargetCall, number: number, watch: AttemptWatch | null = null) {
    this.call = call;
    this.number = number;
    this.watch = watch;
  }

  /** How far the request has come. */
  get phase(): CallPhase {
    if (this.firstTokenAt !== null) return "in_content";
    return this.headersAt !== null ? "before_content" : "before_headers";
  }

  gotHeaders(): void {
    this.headersAt = new Date();
    this.watch?.gotHeaders();
  }

  addContent(delta: string): void {
    this.written.push(delta);
    if (this.firstTokenAt !== null) return;
    this.firstTokenAt = new Date();
    this.watch?.gotContent();
  }

  setUsage(usage: UsageCounts | null): void {
    this.reported = usage ?? this.reported;
  }

  /** Notes which parameters did not go along as they were asked for. */
  setLeftOut(leftOut: LeftOut[]): void {
    this.leftOut = leftOut;
  }

  /** Closes the book and tells the caller; only the first time counts. */
  close(end: AttemptEnd): void {
    if (this.isClosed) return;
    this.isClosed = true;
    const { provider, id: modelId, name } = this.call.model;
    this.call.onAttempt({
      callId: this.call.purpose.callId,
      callNumber: this.number,
      number: this.number,
      providerId: provider.id,
      providerName: provider.name,
      modelId,
      modelName: name,
      keyId: this.call.key?.id ?? null,
      payer: this.call.key?.owner === "member" ? "member" : "team",
      price: priceOf(this.call.model),
      leftOut: this.leftOut,
      outcome: end.outcome,
      httpStatus: this.statusOf(end),
      errorCode: end.outcome === "failed" ? end.failure.code : null,
      usage: this.usageOf(end),
      startedAt: this.startedAt,
      headersAt: this.headersAt,
      firstTokenAt: this.firstTokenAt,
      finishedAt: new Date(),
    });
  }

  private statusOf(end: AttemptEnd): number | null {
    const status = end.outcome === "failed" ? end.failure.details?.["status"] : undefined;
    if (typeof status === "number") return status;
    return this.headersAt !== null ? 200 : null;
  }

  /**
   * A request that was refused, or never arrived, used nothing; one that the provider took used what
   * it reports, else what we count. A report of nothing at all is none.
   */
  private usageOf(end: AttemptEnd): CallAttempt["usage"] {
    const isSilent = end.outcome === "failed" && end.failure.code === "provider_timeout";
    const wasTaken = this.headersAt !== null || (isSilent && this.statusOf(end) === null);
    if (end.outcome === "failed" && !wasTaken) return null;
    const possible = isPossible(this.reported, this.call) ? this.reported : null;
    const inputTokens = countOrNull(possible?.inputTokens, false);
    const outputTokens = countOrNull(possible?.outputTokens, this.written.length === 0);
    return {
      inputTokens: inputTokens ?? this.call.inputTokens,
      ...part("cachedTokens", inputTokens, possible?.cachedTokens),
      outputTokens: outputTokens ?? countTokens(this.written.join("")),
      ...part("reasoningTokens", outputTokens, possible?.reasoningTokens),
      source: inputTokens !== null && outputTokens !== null ? "reported" : "estimated",
    };
  }
}

/**
 * Whether a report can be true: nobody reads more than the model's window, nor writes more than
 * that for each answer. A window that was set by hand may be small, hence the slack.
 */
function isPossible(reported: UsageCounts | null, { model, n = 1 }: TargetCall): boolean {
  const most = (model.contextWindow ?? largestWindow) * windowSlack * n;
  return (reported?.inputTokens ?? 0) <= most && (reported?.outputTokens ?? 0) <= most;
}

/** A part of a count, where both were reported. */
function part<Name extends string>(
  name: Name,
  whole: number | null,
  count: number | null | undefined,
): Partial<Record<Name, number>> {
  if (whole === null || count == null) return {};
  return { [name]: count } as Record<Name, number>;
}

function countOrNull(count: number | null | undefined, mayBeNone: boolean): number | null {
  return count === undefined || (count === 0 && !mayBeNone) ? null : count;
}
