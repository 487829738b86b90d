import "server-only";
import type { AnswerMetadata } from "@/lib/contracts/chat";
import type { AnswerPart } from "@/lib/contracts/messages";
import type { InstanceSettings } from "@/lib/contracts/settings";
import type { Actor } from "@/lib/domain/actor";
import { ContinuationJoiner } from "@/lib/domain/answer/continuation";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import type { BranchHistory } from "../db/branch-history";
import type { OpenedTurn } from "../db/open-turn";
import type { ResolvedAlias } from "../db/aliases";
import { publishEvent } from "../events/publish";
import { addLiveAnswer } from "../generations/hub";
import { LiveAnswer } from "../generations/live-answer";
import { newId } from "../ids";
import { readCallTimeouts } from "../models/call-timeouts";
import { gatherContext } from "./gather-context";
import { readText } from "./read-parts";
import { canAnswerTogether, runTogether } from "./run-together";
import { runTurn } from "./run-turn";
import { summariseFirst } from "./summarise-first";

type AnswersToBegin = {
  conversationId: string;
  /** The user message that is answered. */
  parentId: string;
  /** At least one; several are written side by side. */
  answers: readonly { answerId: string; generationId: string; alias: ResolvedAlias }[];
  settings: InstanceSettings;
  opened: Pick<OpenedTurn, "title" | "systemPrompt" | "userSystemPrompt" | "parameters">;
  /** The branch up to and with the message that is answered. */
  branch: BranchHistory;
  /** What there is of an answer that goes on; null for new answers. */
  continued: AnswerPart[] | null;
};

/**
 * Plans the context and starts the generations, which from then on belong to the server.
 *
 * @returns the first of the answers.
 */
export function beginAnswers(actor: Actor, begin: AnswersToBegin): LiveAnswer {
  const { settings, opened, continued } = begin;
  const answers = makeLiveAnswers(actor, begin);
  const [first] = answers;
  if (first === undefined) throw new Error("a turn without answers");
  const systemPrompt = opened.systemPrompt ?? opened.userSystemPrompt ?? settings.systemPrompt;
  const aliases = begin.answers.map(({ alias }) => alias);
  const targets = aliases[0]?.targets ?? [];
  const context = gatherContext(actor, systemPrompt, begin.branch);
  // How many answers there are is decided; each call is told.
  const parameters = dropUndefined({ ...opened.parameters, n: undefined });
  const { conversationId } = begin;
  const kind = continued === null ? ("answer" as const) : ("continuation" as const);
  const purposeOf = ({ id: answerId, generationId: callId }: LiveAnswer) => ({
    ...{ callId, kind, conversationId, answerId },
  });
  const run = {
    actor,
    context: summariseFirst(
      { actor, conversationId, answers, settings, model: targets[0] },
      { context, parameters },
    ),
    timeouts: readCallTimeouts(settings),
    parameters,
  };
  const joiner = continued === null ? null : new ContinuationJoiner(readText(continued));
  const closings = canAnswerTogether(aliases)
    ? runTogether(answers, { ...run, targets, purpose: { ...purposeOf(first), callId: newId() } })
    : answers.map((answer, at) =>
        runTurn(answer, {
          ...run,
          purpose: purposeOf(answer),
          targets: aliases[at]?.targets ?? targets,
          joiner,
        }),
      );
  for (const [at, answer] of answers.entries())
    addLiveAnswer(answer, closings[at] ?? Promise.resolve());
  publishEvent(actor.userId, {
    type: "conversation",
    conversation: {
      id: begin.conversationId,
      title: opened.title,
      updatedAt: new Date().toISOString(),
      isAnswering: true,
    },
  });
  return first;
}

function makeLiveAnswers(actor: Actor, begin: AnswersToBegin): LiveAnswer[] {
  const { answers, conversationId, parentId, opened, continued } = begin;
  const candidates = answers.map(({ answerId, generationId, alias }) => ({
    messageId: answerId,
    generationId,
    modelId: alias.id,
    model: alias.targets[0]?.label ?? alias.name,
  }));
  return candidates.map(({ messageId, generationId, model }) => {
    const metadata: AnswerMetadata = {
      conversationId,
      parentId,
      generationId,
      status: "streaming",
      model,
      ...(candidates.length > 1 ? { candidates } : {}),
      title: opened.title,
      errorCode: null,
      errorDetails: null,
    };
    const parts = continued ?? [];
    return new LiveAnswer({ id: messageId, conversationId, generationId, actor, metadata, parts });
  });
}
