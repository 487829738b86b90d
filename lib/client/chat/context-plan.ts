import type { FilePart } from "@/lib/contracts/attachments";
import type { ContextPlanView, PlanRequest } from "@/lib/contracts/context";
import { isAbort } from "../api";
import type { News } from "../events/news";
import { createStore } from "../store";
import type { ConversationStore } from "./conversation-store";
import { toLine, type PlanLine } from "./context-plan-line";
import { readSituation, situationKey, type Situation } from "./context-plan-situation";
import { isPassing, toFailure, type Failure } from "./failure";

/** What the next turn would send, as far as it is known here. */
export type PlanState = {
  /** The newest that the server made; null before the first. */
  plan: ContextPlanView | null;
  /** Tokens of what is being written: the plan's own count, moved by what was typed since. */
  draftTokens: number;
  /** Whether the plan is of what is there now, and not of a moment ago. */
  isCurrent: boolean;
  /** Why there is no newer one. */
  failure: Failure | null;
  /** Where the window starts among the messages; it stays while one types. */
  line: PlanLine | null;
};

export type Draft = { text: string; images: readonly FilePart[] };

/** The body of the request; what has a default may be left out. */
export type PlanQuestion = Partial<PlanRequest>;

export type PlanTools = {
  /** @throws ApiError */
  fetchPlan: (
    conversationId: string,
    question: PlanQuestion,
    signal: AbortSignal,
  ) => Promise<ContextPlanView>;
  /** Tokens of a text, quickly and about. */
  estimate: (text: string) => number;
  /** Nobody sees the page, or the server can't be reached. */
  isAway: () => boolean;
  /** Calls back when that may have changed; returns what ends it. */
  onReturn: (listener: () => void) => () => void;
  /** Calls back when somebody comes to the page from elsewhere; returns what ends it. */
  onFocus: (listener: () => void) => () => void;
  onNews: (listener: (news: News) => void) => () => void;
};

export type ContextPlanStore = ReturnType<typeof createContextPlan>;

/** After what changes the conversation: several changes in a row ask once. */
const settleMs = 60;
/** After the last key. */
const restMs = 200;
/** The same for long texts, which take a while to send and to count. */
const longRestMs = 1_000;
const longCharacters = 100_000;
/** The gauge follows what is typed this often, and never in the midst of a key. */
const estimateMs = 80;
const retryMs = [2_000, 5_000, 15_000, 30_000, 60_000] as const;

/** Keeps the plan of a conversation's next turn, while a composer is on the page. */
export function createContextPlan(store: ConversationStore, tools: PlanTools) {
  const state = createStore<PlanState>({
    plan: null,
    draftTokens: 0,
    isCurrent: false,
    failure: null,
    line: null,
  });
  const patch = (change: Partial<PlanState>) => {
    state.set((current) => ({ ...current, ...change }));
  };

  let readDraft: (() => Draft) | null = null;
  let modelId: string | null = null;
  /** What was said to have changed without showing in the conversation's state. */
  let revision = 0;
  let knownKey = "";
  /** The situation for which the line was last drawn. */
  let lineKey = "";
  let request: AbortController | null = null;
  let askTimer: ReturnType<typeof setTimeout> | undefined;
  let estimateTimer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  let failures = 0;
  /** Of the text that the plan was asked for. */
  let plannedEstimate = 0;
  let plannedText: string | null = null;

  const situation = (): Situation => readSituation(store.get(), { modelId, revision });

  function ask(afterMs: number): void {
    isWanted = true;
    if (state.get().isCurrent) patch({ isCurrent: false });
    schedule(afterMs);
  }

  function schedule(afterMs: number): void {
    clearTimeout(askTimer);
    askTimer = setTimeout(() => void run(), afterMs);
  }

  async function run(): Promise<void> {
    clearTimeout(askTimer);
    const now = situation();
    // What stands in the way ends with a change of its own, and that asks again.
    if (readDraft === null || !isWanted || !now.isSettled || tools.isAway()) return;
    isWanted = false;
    request?.abort();
    const mine = new AbortController();
    request = mine;
    const key = situationKey(now);
    const draft = readDraft();
    try {
      const plan = await tools.fetchPlan(now.id, toQuestion(draft, now), mine.signal);
      if (mine.signal.aborted) return;
      request = null;
      failures = 0;
      // Of a moment ago: what has changed since asks for itself.
      if (key !== situationKey(situation())) return;
      takePlan(plan, draft.text, key);
    } catch (error) {
      if (isAbort(error) || mine.signal.aborted) return;
      request = null;
      const failure = toFailure(error);
      patch({ failure });
      retryLater(failure);
    }
  }

  function takePlan(plan: ContextPlanView, text: string, key: string): void {
    plannedText = text;
    plannedEstimate = tools.estimate(text);
    const isLineNew = key !== lineKey || state.get().line === null;
    lineKey = key;
    patch({
      plan,
      isCurrent: !isWanted,
      failure: null,
      ...(isLineNew ? { line: toLine(plan) } : {}),
    });
    follow();
  }

  function retryLater(failure: Failure): void {
    const waitMs = retryMs[Math.min(failures, retryMs.length - 1)] ?? 0;
    failures += 1;
    if (!isPassing(failure) && failure.code !== "rate_limited") return;
    isWanted = true;
    schedule(Number(failure.details?.["retryAfterSeconds"] ?? 0) * 1000 || waitMs);
  }

  /** Moves the draft's count along with what is typed. */
  function follow(): void {
    clearTimeout(estimateTimer);
    estimateTimer = undefined;
    const { plan } = state.get();
    // What was sent a moment ago is still to be counted, until the plan has it.
    if (readDraft === null || store.get().turn.phase === "sending") return;
    const { text } = readDraft();
    const planned = plan?.parts.draft ?? 0;
    const draftTokens =
      text.trim() === ""
        ? 0
        : text === plannedText
          ? planned
          : Math.max(1, planned + tools.estimate(text) - plannedEstimate);
    if (draftTokens !== state.get().draftTokens) patch({ draftTokens });
  }

  function toQuestion(draft: Draft, now: Situation): PlanQuestion {
    return {
      ...(draft.text.trim() === "" ? {} : { text: draft.text }),
      ...(draft.images.length === 0 ? {} : { images: [...draft.images] }),
      ...toAsked(now),
      ...store.readUnsaidSettings(),
    };
  }

  function toAsked({ compared, modelId: model }: Situation): PlanQuestion {
    if (compared.length > 0) return { compare: [...compared] };
    return model === null ? {} : { model };
  }

  function look(): void {
    const key = situationKey(situation());
    if (key === knownKey) return;
    knownKey = key;
    ask(settleMs);
  }

  function hear(news: News): void {
    const { id, isSaved } = store.get();
    const isMine =
      (news.type === "messages-changed" || news.type === "settings-changed") &&
      news.conversationId === id;
    if (isSaved && (isMine || news.type === "missed")) refresh();
    if (news.type === "alerts-changed") lookAgain();
  }

  /**
   * Asks anew for what others may have changed, such as a budget. What is shown stays until then, and
   * what was asked for just now is not asked for again.
   */
  function lookAgain(): void {
    if (readDraft === null || isWanted || request !== null) return;
    isWanted = true;
    schedule(settleMs);
  }

  /** Something has changed that the conversation's state does not show. */
  function refresh(): void {
    revision += 1;
    failures = 0;
    look();
  }

  return {
    state,
    refresh,

    /** The alias that answers next. */
    setModel(id: string | null): void {
      modelId = id;
      if (readDraft !== null) look();
    },

    /** Something was typed, or the images have changed. Does no work by itself. */
    noteDraft(length: number): void {
      if (readDraft === null) return;
      failures = 0;
      estimateTimer ??= setTimeout(follow, estimateMs);
      ask(length > longCharacters ? longRestMs : restMs);
    },

    /** An older page of the list, of the same turn. @throws ApiError */
    fetchOlder(before: string, signal: AbortSignal): Promise<ContextPlanView> {
      const now = situation();
      const question = toQuestion(readDraft?.() ?? { text: "", images: [] }, now);
      return tools.fetchPlan(now.id, { ...question, before }, signal);
    },

    /** The plan without a policy of the conversation's own. @throws ApiError */
    fetchInherited(signal: AbortSignal): Promise<ContextPlanView> {
      const question = { settings: { contextPolicy: null }, limit: 1 };
      return tools.fetchPlan(situation().id, question, signal);
    },

    /** A composer is there: keeps the plan from now on. Returns what ends that. */
    attach(read: () => Draft): () => void {
      readDraft = read;
      const stops = [
        store.subscribe(look),
        tools.onNews(hear),
        tools.onReturn(comeBack),
        tools.onFocus(lookAgain),
      ];
      knownKey = situationKey(situation());
      follow();
      ask(settleMs);
      return () => {
        for (const stop of stops) stop();
        clearTimeout(askTimer);
        clearTimeout(estimateTimer);
        estimateTimer = undefined;
        request?.abort();
        request = null;
        readDraft = null;
      };
    },
  };

  function comeBack(): void {
    if (isWanted && !tools.isAway()) schedule(settleMs);
  }
}
