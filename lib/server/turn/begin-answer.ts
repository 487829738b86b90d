import "server-only";
import type { AnswerMetadata } from "@/lib/contracts/chat";
import type { AnswerPart } from "@/lib/contracts/messages";
import type { InstanceSettings } from "@/lib/contracts/settings";
import type { Actor } from "@/lib/domain/actor";
import { ContinuationJoiner } from "@/lib/domain/answer/continuation";
import type { OpenedTurn } from "../db/open-turn";
import type { ResolvedAlias } from "../db/aliases";
import { publishEvent } from "../events/publish";
import { addLiveAnswer } from "../generations/hub";
import { LiveAnswer } from "../generations/live-answer";
import { readCallTimeouts } from "../models/call-timeouts";
import { buildPrompt, readText } from "./build-prompt";
import { runTurn } from "./run-turn";

type AnswerToBegin = {
  answerId: string;
  conversationId: string;
  generationId: string;
  /** The user message that is answered. */
  parentId: string;
  alias: ResolvedAlias;
  settings: InstanceSettings;
  opened: Pick<OpenedTurn, "title" | "systemPrompt" | "userSystemPrompt" | "parameters">;
  /** The branch up to and with the message that is answered. */
  branch: OpenedTurn["history"];
  /** What there is of an answer that goes on; null for a new answer. */
  continued: AnswerPart[] | null;
};

/** Plans the context and starts the generation, which from then on belongs to the server. */
export function beginAnswer(actor: Actor, begin: AnswerToBegin): LiveAnswer {
  const { alias, settings, opened, continued } = begin;
  const metadata: AnswerMetadata = {
    conversationId: begin.conversationId,
    parentId: begin.parentId,
    generationId: begin.generationId,
    status: "streaming",
    model: alias.targets[0]?.label ?? alias.name,
    title: opened.title,
    errorCode: null,
    errorDetails: null,
  };
  const answer = new LiveAnswer({
    id: begin.answerId,
    conversationId: begin.conversationId,
    generationId: begin.generationId,
    actor,
    metadata,
    parts: continued ?? [],
  });
  const { prompt, inputTokens } = buildPrompt(
    actor,
    opened.systemPrompt ?? opened.userSystemPrompt ?? settings.systemPrompt,
    begin.branch,
    { rounds: settings.windowRounds, tokens: settings.windowTokens },
  );
  const timeouts = readCallTimeouts(settings);
  const joiner = continued === null ? null : new ContinuationJoiner(readText(continued));
  const run = { actor, targets: alias.targets, prompt, parameters: opened.parameters ?? {} };
  addLiveAnswer(answer, runTurn(answer, { ...run, timeouts, inputTokens, joiner }));
  publishEvent(actor.userId, {
    type: "conversation",
    conversation: {
      id: begin.conversationId,
      title: opened.title,
      updatedAt: new Date().toISOString(),
      isAnswering: true,
    },
  });
  return answer;
}
