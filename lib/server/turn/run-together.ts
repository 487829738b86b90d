import "server-only";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { computeFigures, type FiguredCall } from "@/lib/domain/answer/figures";
import type { AnswerEnd } from "@/lib/domain/answer/outcome";
import { countTokens } from "@/lib/domain/tokens/count-text";
import { settleCard } from "@/lib/domain/dialects/settle-card";
import type { ResolvedAlias } from "../db/aliases";
import type { LiveAnswer } from "../generations/live-answer";
import type { CallContext } from "../models/call-context";
import { callModel } from "../models/call-model";
import type { ModelCall, ModelEvent } from "../models/model-call";
import { priceOf } from "../models/price-of";
import { closeAnswer } from "./close-answer";
import { describePlan } from "./describe-plan";
import { describeTurn, nobodyAsked } from "./describe-turn";
import { describeEnd, reportFailure, writeAnswer } from "./run-turn";

type Run = Omit<ModelCall, "context" | "signal" | "onAttempt" | "n"> & {
  /** Comes later where a summary is made first. */
  context: CallContext | Promise<CallContext>;
};

/** One of the answers of a call. */
type Share = {
  answer: LiveAnswer;
  /** Whether it can still grow. */
  isOpen: boolean;
  /** `missed` when the call brought nothing for it. */
  ended: PromiseWithResolvers<AnswerEnd | "missed">;
  firstTokenAt: Date | null;
};

/** Whether one call can bring all of these answers: its model takes `n`. */
export function canAnswerTogether(aliases: readonly ResolvedAlias[]): boolean {
  const [first] = aliases;
  const model = first?.targets[0];
  if (aliases.length < 2 || model === undefined) return false;
  const { parameters } = settleCard(model.provider.kind, model.name, model.card);
  return parameters.n === "yes" && aliases.every(({ id }) => id === first?.id);
}

/**
 * Produces several answers by one call, and closes each. Never throws.
 *
 * Stopping one only ends that answer; the call ends when all have. What it used is booked once, with
 * the answer that ends last. An answer for which nothing came, since the provider passed over `n`,
 * is asked for by itself.
 *
 * @returns for each when it is closed.
 */
export function runTogether(answers: readonly LiveAnswer[], run: Run): Promise<void>[] {
  const call = new SharedCall(answers, run);
  const done = call.read();
  return call.shares.map((share) => call.close(share, done));
}

class SharedCall {
  readonly shares: readonly Share[];
  private readonly run: Run;
  private readonly attempts: CallAttempt[] = [];
  private readonly asked = nobodyAsked();
  private readonly stopped = new AbortController();
  private askedAt = new Date();
  /** The one that ended last. */
  private keeper: Share | null = null;

  constructor(answers: readonly LiveAnswer[], run: Run) {
    this.run = run;
    this.shares = answers.map((answer, at) => {
      // After a crash the prompt is booked once as well.
      if (at > 0) answer.inputTokens = 0;
      const ended = Promise.withResolvers<AnswerEnd | "missed">();
      return { answer, isOpen: true, ended, firstTokenAt: null };
    });
    for (const share of this.shares)
      share.answer.signal.addEventListener("abort", () => {
        this.stop(share);
      });
  }

  /** Reads the call to its end. Never throws. */
  async read(): Promise<void> {
    let failure: AnswerEnd | null = null;
    const call = {
      ...this.run,
      n: this.shares.length,
      signal: this.stopped.signal,
      onAttempt: (attempt: CallAttempt) => this.attempts.push(attempt),
    };
    try {
      const { context: given } = this.run;
      const context = given instanceof Promise ? await given : given;
      for await (const event of callModel({ ...call, context })) this.take(event);
    } catch (error) {
      failure = describeEnd(error);
      reportFailure(error, failure, this.shares[0]?.answer.id ?? "");
    }
    const open = this.shares.filter(({ isOpen }) => isOpen);
    for (const share of open) {
      const cut: AnswerEnd = { kind: "finished", reason: "none" };
      this.end(share, failure ?? (share.firstTokenAt === null ? "missed" : cut));
    }
  }

  /** Waits for the end of an answer and stores it. Never throws. */
  async close(share: Share, done: Promise<void>): Promise<void> {
    const { answer } = share;
    const end = await share.ended.promise;
    const isKeeper = this.keeper === share;
    if (isKeeper) await done;
    const shared = isKeeper ? this.attempts : [];
    if (end !== "missed") {
      const { purpose } = this.run;
      const asking = { attempts: shared, purpose, holdIds: isKeeper ? [purpose.callId] : [] };
      const turn = describeTurn(answer, end, asking, this.asked, share.firstTokenAt);
      await closeAnswer(answer, turn, computeFigures([this.figure(share)]));
      return;
    }
    const own: CallAttempt[] = [];
    const asked = nobodyAsked();
    const purpose = { ...this.run.purpose, callId: answer.generationId, answerId: answer.id };
    const lateEnd = await writeAnswer(answer, { ...this.run, purpose, joiner: null }, own, asked);
    const all = [...shared, ...own].map((attempt, at) => ({ ...attempt, number: at + 1 }));
    const figures = computeFigures(own);
    const holdIds = [purpose.callId, ...(isKeeper ? [this.run.purpose.callId] : [])];
    const asking = { attempts: all, purpose, holdIds };
    await closeAnswer(answer, describeTurn(answer, lateEnd, asking, asked), figures);
  }

  private take(event: ModelEvent): void {
    const writing = this.shares.filter(({ isOpen }) => isOpen);
    for (const { answer } of writing)
      answer.setRetry(event.type === "waiting" ? event.retry : null);
    if (event.type === "waiting") return;
    if (event.type === "asking") {
      this.askedAt = new Date();
      const { model, failover, sent } = event;
      this.asked.model = model;
      this.asked.failover = failover;
      this.asked.sent = sent;
      const [first] = this.shares;
      if (first !== undefined) first.answer.inputTokens = sent.inputTokens;
      const plan = describePlan(event);
      for (const { answer } of writing) answer.setAsked({ model: model.label, failover, plan });
      return;
    }
    const share = this.shares[event.candidate ?? 0];
    if (share?.isOpen !== true) return;
    if (event.type === "finish") {
      // It says nothing of an answer that never began.
      const isMissed = event.reason === "none" && share.firstTokenAt === null;
      if (!isMissed) this.end(share, { kind: "finished", reason: event.reason });
    } else {
      share.firstTokenAt ??= new Date();
      share.answer.append(event.type, event.delta);
    }
  }

  private stop(share: Share): void {
    const { reason } = share.answer.signal as { reason: unknown };
    this.end(share, describeEnd(reason));
    if (this.isOver) this.stopped.abort(reason);
  }

  private end(share: Share, end: AnswerEnd | "missed"): void {
    if (!share.isOpen) return;
    share.isOpen = false;
    if (this.isOver) this.keeper = share;
    share.ended.resolve(end);
  }

  private get isOver(): boolean {
    return this.shares.every(({ isOpen }) => !isOpen);
  }

  /** Its part of the call: its own words, and with the first the prompt. */
  private figure({ answer, firstTokenAt }: Share): FiguredCall {
    const text = answer.parts().map((part) => part.text);
    return {
      startedAt: this.askedAt,
      firstTokenAt,
      finishedAt: new Date(),
      usage: {
        inputTokens:
          answer.id === this.shares[0]?.answer.id ? (this.asked.sent?.inputTokens ?? null) : null,
        outputTokens: countTokens(text.join("")),
        source: "estimated",
      },
      price: this.asked.model === null ? null : priceOf(this.asked.model),
    };
  }
}
