import "server-only";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { startProvider, type ScriptedProvider } from "@/e2e/provider/server";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import type { Actor } from "@/lib/domain/actor";
import type { Parameters } from "@/lib/contracts/parameters";
import { emptyCard } from "@/lib/contracts/cards";
import { plainCalibration } from "@/lib/domain/tokens/calibration";
import type { ResolvedModel } from "../db/aliases";
import { fixedContext, type CallContext } from "./call-context";
import { callModel } from "./call-model";
import { MemoryBreakerHome } from "./breaker-memory-home";
import type { CallTimeouts } from "./call-timeouts";
import type { GatePolicy } from "./gate-policy";
import { KeyRing } from "./key-ring";
import { ModelBreaker } from "./model-breaker";
import { ProviderPlaces } from "./provider-places";
import type { CallPurpose, ModelCall, ModelEvent } from "./model-call";
import type { PromptMessage } from "./prompt-message";
import { ModelCallError } from "./model-call-error";

const timeouts: CallTimeouts = {
  connectMs: 5_000,
  headersMs: 10_000,
  firstTokenMs: 10_000,
  idleMs: 10_000,
  totalMs: 60_000,
};

/** A model of a scripted provider, as the database would give it. */
export function testModel(
  name: string,
  baseUrl: string,
  given: Partial<Omit<ResolvedModel, "provider">> & {
    provider?: Partial<ResolvedModel["provider"]>;
  } = {},
): ResolvedModel {
  return {
    id: `model-${name}`,
    name,
    label: name,
    contextWindow: null,
    maxOutputTokens: null,
    card: emptyCard,
    calibration: plainCalibration,
    price: null,
    ...given,
    provider: {
      id: "provider",
      kind: "openai-compatible",
      name: "Scripted",
      baseUrl,
      apiVersion: null,
      callSettings: {},
      source: "admin",
      keys: [],
      asideCount: 0,
      allowsMemberKeys: false,
      ...given.provider,
    },
  };
}

/** A gate without memory of other tests, which keeps nothing in a database. */
export function makePolicy(given: Partial<GatePolicy> = {}): GatePolicy {
  return {
    breaker: new ModelBreaker(new MemoryBreakerHome()),
    keys: new KeyRing(),
    places: new ProviderPlaces(),
    holdBudgets: (_actor, { wantedTokens: mostTokens }) =>
      Promise.resolve({ isHeld: true, mostTokens, limitedBy: null, isCounted: false }),
    noteCallOver: () => undefined,
    readRate: () => Promise.resolve({ cnyPerUsdMicros: null }),
    setKeyAside: () => undefined,
    clearKeyAside: () => undefined,
    noteRefusal: () => undefined,
    ...given,
  };
}

/** What came of one call of the gate. */
export type CallResult = {
  /** Without those that say which model is asked. */
  events: ModelEvent[];
  /** Those that say so. */
  asked: Extract<ModelEvent, { type: "asking" }>[];
  attempts: CallAttempt[];
  text: string;
  reasoning: string;
  finish: string | null;
  failure: ModelCallError | null;
  /** What was thrown that is no failure: the reason of a stop. */
  thrown: unknown;
};

/** A scripted provider, and the gate to it without a database. */
export function useCalls() {
  const calls = {
    provider: undefined as never as ScriptedProvider,
    policy: makePolicy(),
  };

  beforeAll(async () => {
    calls.provider = await startProvider({ key: null });
  });
  afterAll(() => calls.provider.close());
  beforeEach(() => {
    calls.provider.reset();
    calls.policy = makePolicy();
  });

  async function call(
    modelName: string,
    given: {
      timeouts?: Partial<CallTimeouts>;
      signal?: AbortSignal;
      baseUrl?: string;
      /** In place of one model of that name. */
      targets?: ResolvedModel[];
      policy?: GatePolicy;
      prompt?: PromptMessage[];
      /** In place of a prompt that is sent as it is. */
      context?: CallContext;
      actor?: Actor;
      purpose?: Partial<CallPurpose>;
      n?: number;
      parameters?: Parameters;
      onEvent?: (event: ModelEvent) => void;
    } = {},
  ): Promise<CallResult> {
    const attempts: CallAttempt[] = [];
    const result: CallResult = {
      events: [],
      asked: [],
      attempts,
      text: "",
      reasoning: "",
      finish: null,
      failure: null,
      thrown: null,
    };
    const baseUrl = given.baseUrl ?? calls.provider.url;
    const asked: ModelCall = {
      actor: given.actor ?? { userId: "user", role: "member" },
      purpose: {
        ...{ callId: "call", kind: "answer", conversationId: null, answerId: null },
        ...given.purpose,
      },
      ...(given.n === undefined ? {} : { n: given.n }),
      targets: given.targets ?? [testModel(modelName, baseUrl)],
      parameters: given.parameters ?? {},
      context: given.context ?? fixedContext(given.prompt ?? [{ role: "user", text: "Hello" }]),
      timeouts: { ...timeouts, ...given.timeouts },
      onAttempt: (attempt) => attempts.push(attempt),
      signal: given.signal ?? new AbortController().signal,
    };
    try {
      for await (const event of callModel(asked, given.policy ?? calls.policy)) {
        if (event.type === "asking") result.asked.push(event);
        else result.events.push(event);
        if (event.type === "text") result.text += event.delta;
        if (event.type === "reasoning") result.reasoning += event.delta;
        if (event.type === "finish") result.finish = event.reason;
        given.onEvent?.(event);
      }
    } catch (error) {
      if (error instanceof ModelCallError) result.failure = error;
      else result.thrown = error;
    }
    return result;
  }

  return { calls, call };
}
