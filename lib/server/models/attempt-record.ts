import "server-only";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { countTokens } from "@/lib/domain/context/tokens";
import type { ModelCall } from "./model-call";

/** Tokens as the provider reports them; null where it does not, or reports nonsense. */
export type ReportedUsage = { inputTokens: number | null; outputTokens: number | null };

/** Keeps the book of one request to a provider while it runs. */
export class AttemptRecord {
  private readonly startedAt = new Date();
  private firstTokenAt: Date | null = null;
  private readonly written: string[] = [];
  private reported: ReportedUsage = { inputTokens: null, outputTokens: null };
  private readonly call: ModelCall;
  private readonly number: number;

  constructor(call: ModelCall, number: number) {
    this.call = call;
    this.number = number;
  }

  get hasContent(): boolean {
    return this.firstTokenAt !== null;
  }

  addContent(delta: string): void {
    this.firstTokenAt ??= new Date();
    this.written.push(delta);
  }

  setUsage(usage: ReportedUsage): void {
    this.reported = usage;
  }

  /**
   * Closes the book. A request that was refused outright used nothing; one that was cut used what
   * we count.
   */
  close(end: {
    outcome: CallAttempt["outcome"];
    errorCode?: ErrorCode | null;
    httpStatus?: number | null;
  }): CallAttempt {
    const { provider, name } = this.call.model;
    const wasRefused = end.outcome === "failed" && !this.hasContent;
    const { inputTokens, outputTokens } = this.reported;
    const isReported = inputTokens !== null && outputTokens !== null;
    return {
      number: this.number,
      providerId: provider.id,
      modelName: name,
      outcome: end.outcome,
      httpStatus: end.httpStatus ?? null,
      errorCode: end.errorCode ?? null,
      usage: wasRefused
        ? null
        : {
            inputTokens: inputTokens ?? this.call.inputTokens,
            outputTokens: outputTokens ?? countTokens(this.written.join("")),
            source: isReported ? "reported" : "estimated",
          },
      startedAt: this.startedAt,
      firstTokenAt: this.firstTokenAt,
      finishedAt: new Date(),
    };
  }
}
