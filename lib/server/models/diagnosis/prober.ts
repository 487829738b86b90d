import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { parseJson, type Json } from "@/lib/domain/chat-completions/json";
import { findDialect } from "@/lib/domain/dialects/dialect";
import type { SkipReason } from "@/lib/domain/diagnosis/details";
import type { ListReply } from "@/lib/domain/diagnosis/judge-connection";
import type { Probe } from "@/lib/domain/diagnosis/probes";
import { readReply, type RawReply } from "@/lib/domain/diagnosis/read-reply";
import type { Reply, SeenReasoning } from "@/lib/domain/diagnosis/reply";
import { findListPlace } from "@/lib/domain/providers/list-url";
import { readModelNames } from "@/lib/domain/providers/model-list";
import { askProvider, type TestTarget } from "./ask-provider";

/** How much one test may take. */
export type TestLimits = {
  /** For the first request: a server of one's own may have to load the model. */
  firstMs: number;
  requestMs: number;
  totalMs: number;
  requests: number;
};

export const testLimits: TestLimits = {
  firstMs: 90_000,
  requestMs: 45_000,
  totalMs: 240_000,
  requests: 45,
};

// Where a provider asks for a pause it gets a short one, a few times.
const mostPauses = 3;
const longestPauseMs = 10_000;
// Failures in a row after which nobody is asked any more.
const mostFailures = 2;

// No real provider's, and nobody's secret.
const madeUpKey = "not-a-key-but-a-test-of-keys";

/** Asks a provider the questions of one test, keeps count of them, and knows when to stop. */
export class Prober {
  requests = 0;
  tokens = 0;
  /** Where thoughts were seen in anything that was said. */
  reasoning: SeenReasoning | null = null;
  /** Some models answer in a stream only; then every question asks for one. */
  mustStream = false;
  /** It tells what was used up in a stream too, when it is asked to. */
  reportsInStream = false;
  private pauses = 0;
  private failures = 0;
  private readonly startedMs = performance.now();

  constructor(
    private readonly target: TestTarget,
    private readonly signal: AbortSignal,
    private readonly limits: TestLimits,
    /** Told of each question to the model, when it is over. */
    private readonly onReply: (probe: Probe, reply: Reply, startedAt: Date) => void = () =>
      undefined,
  ) {}

  /** Asks the model; or says why nothing was asked. */
  async ask(probe: Probe): Promise<Reply | SkipReason> {
    const skipped = this.findSkip();
    if (skipped !== null) return skipped;
    const reply = await this.request(probe, this.target.key);
    const waitMs = pauseOf(reply);
    if (waitMs === null || this.pauses >= mostPauses) return reply;
    this.pauses += 1;
    await sleep(waitMs, undefined, { signal: this.signal });
    return this.request(probe, this.target.key);
  }

  /** Asks the model with a key that nobody has given out. */
  askWithMadeUpKey(probe: Probe): Promise<Reply> {
    return this.request(probe, madeUpKey);
  }

  /** Asks for the list of models; null where the dialect has none to ask for. */
  async list(options: { hasMadeUpKey?: boolean } = {}): Promise<ListReply | null> {
    const place = findListPlace(this.target);
    if (place === null) return null;
    const { kind, key } = this.target;
    const headers = findDialect(kind).makeHeaders(options.hasMadeUpKey === true ? madeUpKey : key);
    const raw = await this.send({ url: place.url, headers });
    const { status, causeCodes, firstMs, totalMs } = raw;
    const hasNone = status === 404 || status === 405;
    const names =
      status !== null && status < 300 ? readModelNames(parseJson(raw.text) ?? null) : null;
    const failure = names !== null || hasNone ? null : readReply(raw).failure;
    const callable = place.isCallable ? names : null;
    return { status, failure, names: callable, causeCodes, firstMs, totalMs };
  }

  private async request(probe: Probe, key: string | null): Promise<Reply> {
    const { kind, baseUrl, apiVersion, modelName } = this.target;
    const dialect = findDialect(kind);
    const name = modelName ?? "";
    const startedAt = new Date();
    const reply = readReply(
      await this.send({
        url: dialect.makeChatUrl({ baseUrl, apiVersion, modelName: name }),
        headers: dialect.makeHeaders(key),
        body: this.complete(name, probe),
      }),
    );
    this.onReply(probe, reply, startedAt);
    this.tokens += (reply.usage?.inputTokens ?? 0) + (reply.usage?.outputTokens ?? 0);
    if (reply.reasoning !== null && (this.reasoning ?? "none") === "none")
      this.reasoning = reply.reasoning;
    this.failures = reply.isOk || reply.isRefused ? 0 : this.failures + 1;
    return reply;
  }

  private complete(model: string, probe: Probe): Json {
    const body = { model, ...(this.mustStream ? { stream: true } : {}), ...probe };
    const wantsReport = "stream" in body && this.reportsInStream;
    return wantsReport ? { stream_options: { include_usage: true }, ...body } : body;
  }

  private async send(request: Parameters<typeof askProvider>[0]): Promise<RawReply> {
    const { firstMs, requestMs } = this.limits;
    const timeoutMs = this.requests < 2 ? firstMs : requestMs;
    const raw = await askProvider(request, { signal: this.signal, timeoutMs });
    if (raw.status !== null || raw.causeCodes.includes("TOTAL_TIMEOUT")) this.requests += 1;
    return raw;
  }

  private findSkip(): SkipReason | null {
    if (this.failures >= mostFailures) return "earlier";
    const isSpent =
      this.requests >= this.limits.requests ||
      performance.now() - this.startedMs > this.limits.totalMs;
    return isSpent ? "budget" : null;
  }
}

function pauseOf({ failure }: Reply): number | null {
  if (failure?.code !== "provider_rate_limited") return null;
  const waitMs = failure.waitMs ?? 2_000;
  return waitMs <= longestPauseMs ? waitMs : null;
}
