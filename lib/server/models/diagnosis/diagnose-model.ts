import "server-only";
import { emptyCard } from "@/lib/contracts/cards";
import type { DiagnosisStep } from "@/lib/contracts/diagnosis";
import type { Json } from "@/lib/domain/chat-completions/json";
import { findDialect } from "@/lib/domain/dialects/dialect";
import { settleCard } from "@/lib/domain/dialects/settle-card";
import { colours, makeVisionProbe, namesColour } from "@/lib/domain/diagnosis/colours";
import {
  judgeJson,
  judgeJsonSchema,
  judgeReasoning,
  judgeReasoningBack,
  judgeStream,
  judgeTools,
  judgeVision,
  type Asked,
} from "@/lib/domain/diagnosis/judge-abilities";
import { judgeParameter, type ParameterFact } from "@/lib/domain/diagnosis/judge-parameters";
import {
  bareCallProbe,
  jsonProbe,
  makeThoughtsProbe,
  roomyTokens,
  schemaProbe,
  thinkProbe,
  tinyTokens,
  toolProbe,
  triedNames,
  type TriedName,
} from "@/lib/domain/diagnosis/probes";
import type { TestTarget } from "./ask-provider";
import type { FirstAnswer } from "./diagnose-connection";
import { findEfforts, writeEfforts } from "./find-efforts";
import { findParameters } from "./find-parameters";
import type { Prober } from "./prober";

/** What a model that answers can do beside answering. */
export async function* diagnoseModel(
  prober: Prober,
  target: TestTarget,
  { outputLimit, limitTo }: FirstAnswer,
): AsyncGenerator<DiagnosisStep, void, undefined> {
  const documented = settleCard(target.kind, target.modelName ?? "", emptyCard);
  const roomy = limitTo(roomyTokens);
  const stream = await askForStream(prober, roomy);
  const streamSteps = judgeStream(stream.asked, stream);
  yield* streamSteps;
  const inStream: Json = streamSteps[0].finding === "ok" ? { stream: true } : {};
  prober.reportsInStream = streamSteps[1].finding === "ok";

  const efforts = writeEfforts(target);
  const isAwake = prober.reasoning !== null;
  const limits = {
    tiny: { ...limitTo(tinyTokens), ...inStream },
    roomy: { ...roomy, ...inStream },
  };
  // Told in its turn. Who thinks unasked is asked now whether it can be told not to: what is tried
  // without thoughts costs less, and is not cut before it begins.
  const early = isAwake ? await findEfforts(prober, efforts, limits) : null;
  const calm = early === null ? null : findCalm(early, efforts);
  const roomyCalm = { ...roomy, ...calm };

  const tools = judgeTools(await prober.ask({ ...toolProbe, ...roomyCalm }));
  yield tools;
  const colour = colours[Math.floor(Math.random() * colours.length)] ?? colours[0];
  if (colour !== undefined)
    yield judgeVision(await prober.ask({ ...makeVisionProbe(colour), ...roomyCalm }), (text) =>
      namesColour(text, colour),
    );
  yield judgeJson(await prober.ask({ ...jsonProbe, ...roomyCalm }));
  yield judgeJsonSchema(await prober.ask({ ...schemaProbe, ...roomyCalm }));

  const wakeUp = efforts.find(({ effort }) => effort !== "none");
  const woken =
    isAwake || wakeUp === undefined
      ? null
      : await prober.ask({ ...thinkProbe, ...wakeUp.fields, ...limits.roomy });
  yield judgeReasoning(prober.reasoning, typeof woken === "string" ? woken : null);
  yield await findReasoningBack(prober, tools.finding === "ok", limitTo(tinyTokens));

  yield outputLimit;
  // Who thinks first needs room for it, or nothing is seen of the answer.
  const limit = isAwake ? roomy : limitTo(3 * tinyTokens);
  const facts = await findParameters(prober, triedNames, limit);
  if (calm !== null)
    await reconsider(facts, target, (names) =>
      findParameters(prober, names, { ...limit, ...calm }),
    );
  for (const name of triedNames)
    yield judgeParameter(
      name,
      facts.get(name) ?? { is: "skipped", reason: "earlier" },
      documented.parameters[name],
    );
  yield early ?? (await findEfforts(prober, efforts, limits));
}

/** The fields that keep it from thinking, where it heeds them. */
function findCalm(found: DiagnosisStep, efforts: ReturnType<typeof writeEfforts>): Json | null {
  const values = String(found.details["values"] ?? "").split(", ");
  const off = efforts.find(({ effort }) => effort === "none");
  return found.finding === "ok" && values.includes("none") ? (off?.fields ?? null) : null;
}

/**
 * What is refused only while it thinks is taken all the same: the dialect knows those, and leaves
 * them out where they do not go.
 */
async function reconsider(
  facts: Map<TriedName, ParameterFact>,
  { kind }: TestTarget,
  findCalmly: (names: readonly TriedName[]) => Promise<Map<TriedName, ParameterFact>>,
): Promise<void> {
  const { fixedWhileThinking } = findDialect(kind);
  const doubtful = triedNames.filter(
    (name) => fixedWhileThinking.includes(name) && facts.get(name)?.is === "refused",
  );
  if (doubtful.length === 0) return;
  for (const [name, fact] of await findCalmly(doubtful))
    if (fact.is === "taken") facts.set(name, fact);
}

async function askForStream(
  prober: Prober,
  limit: Json,
): Promise<{ asked: Asked; isUsageRefused: boolean }> {
  const probe = { ...thinkProbe, ...limit, stream: true };
  const withUsage = await prober.ask({ ...probe, stream_options: { include_usage: true } });
  if (typeof withUsage === "string" || !withUsage.isRefused)
    return { asked: withUsage, isUsageRefused: false };
  return { asked: await prober.ask(probe), isUsageRefused: true };
}

async function findReasoningBack(
  prober: Prober,
  hasTools: boolean,
  limit: Json,
): Promise<DiagnosisStep> {
  const { reasoning } = prober;
  if (reasoning !== "reasoning_content" && reasoning !== "reasoning")
    return judgeReasoningBack("no_reasoning", null);
  const withThoughts = await prober.ask({ ...makeThoughtsProbe(reasoning), ...limit });
  const isTaken = typeof withThoughts !== "string" && withThoughts.isOk;
  const bareCall = isTaken && hasTools ? await prober.ask({ ...bareCallProbe, ...limit }) : null;
  return judgeReasoningBack(withThoughts, bareCall);
}
