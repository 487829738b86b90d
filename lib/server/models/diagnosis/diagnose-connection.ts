import "server-only";
import type { DiagnosisStep } from "@/lib/contracts/diagnosis";
import type { Json } from "@/lib/domain/chat-completions/json";
import { emptyCard } from "@/lib/contracts/cards";
import { settleCard } from "@/lib/domain/dialects/settle-card";
import { makeStep, type SkipReason } from "@/lib/domain/diagnosis/details";
import {
  isKeyRefusal,
  judgeCertificate,
  judgeKey,
  judgeModels,
  judgeReachable,
  statusOf,
  type ListReply,
} from "@/lib/domain/diagnosis/judge-connection";
import { isCut, judgeOutputLimit } from "@/lib/domain/diagnosis/judge-parameters";
import { countProbe, tinyTokens, type Probe } from "@/lib/domain/diagnosis/probes";
import type { Reply } from "@/lib/domain/diagnosis/reply";
import type { TestTarget } from "./ask-provider";
import type { Prober } from "./prober";

/** What the rest of the examination goes by. */
export type FirstAnswer = {
  /** Of the name of the limit; told in its turn. */
  outputLimit: DiagnosisStep;
  /** Limits an answer to so many tokens, where the model knows how. */
  limitTo: (tokens: number) => Json;
};

type LimitField = "max_tokens" | "max_completion_tokens";

/**
 * Whether it is there, takes the key, lists models and answers at all.
 *
 * @returns what the rest goes by, or why there is nothing more to find.
 */
export async function* diagnoseConnection(
  prober: Prober,
  target: TestTarget,
  isQuick: boolean,
): AsyncGenerator<DiagnosisStep, FirstAnswer | SkipReason, undefined> {
  const { baseUrl, key, modelName } = target;
  const list = await prober.list();
  // Told at once: the first answer may take its time.
  if (list !== null) yield* judgeContact(list);
  if (list !== null && list.status === null) return "earlier";
  const closedList = key === null ? null : await askForListWithMadeUpKey(prober, list);
  // Who only asks for the connection pays for no answer where the list tells.
  const first = isQuick && closedList !== null ? null : await askFirst(prober, target, isQuick);
  const own = first?.reply ?? list;
  if (own === null) return "no_model";
  if (list === null) yield* judgeContact(own);
  if (list === null && own.status === null) return "earlier";
  const keyStep = judgeKey({
    hasKey: key !== null,
    own,
    madeUp: await askWithoutRight(),
    isComparable: first !== null,
  });
  yield keyStep;
  if (keyStep.finding === "bad") return "earlier";
  yield judgeModels(list, modelName);
  if (isQuick) return "quick";
  if (first === null) return "no_model";
  const answers = judgeAnswers(first.reply);
  yield answers;
  if (answers.finding === "bad") return "earlier";
  const { field } = first;
  return {
    outputLimit: judgeOutputLimit(first.tries),
    limitTo: (tokens): Json => (field === null ? {} : { [field]: tokens }),
  };

  function* judgeContact(contact: Parameters<typeof judgeCertificate>[1]) {
    yield judgeReachable(contact);
    yield judgeCertificate(baseUrl, contact);
  }

  async function askWithoutRight() {
    if (closedList !== null || key === null || first === null) return closedList;
    return isKeyRefusal(first.reply) ? null : prober.askWithMadeUpKey(first.probe);
  }
}

/** The same list with a made-up key; null unless that is refused, and so tells something. */
async function askForListWithMadeUpKey(
  prober: Prober,
  list: ListReply | null,
): Promise<ListReply | null> {
  if (list?.status !== 200) return null;
  const again = await prober.list({ hasMadeUpKey: true });
  return again !== null && isKeyRefusal(again) ? again : null;
}

type First = {
  probe: Probe;
  reply: Reply;
  /** The name of the limit that was heeded, or at least taken. */
  field: LimitField | null;
  tries: { field: LimitField; reply: Reply }[];
};

/**
 * The first question, with a limit that is too small for its answer: under the name that the
 * dialect has for it, then the other, then without; each time in a stream where only that is taken.
 */
async function askFirst(
  prober: Prober,
  { kind, modelName }: TestTarget,
  isQuick: boolean,
): Promise<First | null> {
  if (modelName === null) return null;
  const { outputLimitField } = settleCard(kind, modelName, emptyCard);
  const fields: LimitField[] =
    outputLimitField === "max_tokens"
      ? ["max_tokens", "max_completion_tokens"]
      : ["max_completion_tokens", "max_tokens"];
  const tries: First["tries"] = [];
  const ask = async (field: LimitField | null): Promise<First> => {
    const probe = { ...countProbe, ...(field === null ? {} : { [field]: tinyTokens }) };
    const reply = await askInAnyForm(prober, probe);
    if (field !== null) tries.push({ field, reply });
    return { probe, reply, field, tries };
  };
  let taken: First | null = null;
  for (const field of fields) {
    const asked = await ask(field);
    if (asked.reply.isOk) taken ??= asked;
    if (asked.reply.isOk && isCut(asked.reply)) return asked;
    // What is no refusal has nothing to do with the name.
    if (isQuick || (!asked.reply.isOk && !asked.reply.isRefused)) return taken ?? asked;
  }
  return taken ?? ask(null);
}

async function askInAnyForm(prober: Prober, probe: Probe): Promise<Reply> {
  const asked = await prober.ask(probe);
  if (typeof asked === "string") throw new Error(`not asked: ${asked}`);
  if (prober.mustStream || !asked.isRefused || !/stream/i.test(asked.words)) return asked;
  const streamed = await prober.ask({ ...probe, stream: true });
  if (typeof streamed === "string" || !streamed.isOk) return asked;
  prober.mustStream = true;
  return streamed;
}

function judgeAnswers(reply: Reply): DiagnosisStep {
  const { isOk, totalMs, failure } = reply;
  if (isOk) return makeStep("answers", "ok", { details: { ms: totalMs }, durationMs: totalMs });
  return makeStep("answers", "bad", {
    errorCode: failure?.code ?? "provider_incompatible",
    details: statusOf(reply),
    durationMs: totalMs,
  });
}
