import "server-only";
import type { MessagePart } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { requestContinuation } from "@/lib/domain/answer/continuation-request";
import { planContext, type PlanMessage, type PlanPolicy } from "@/lib/domain/context/plan";
import { countMessageTokens } from "@/lib/domain/context/tokens";
import { chooseImages } from "@/lib/domain/images/choose-images";
import { saveTokenCounts } from "../db/messages";
import type { OpenedTurn } from "../db/open-turn";
import { logger } from "../logger";
import type { PromptMessage } from "../models/model-call";
import { preparePromptImages } from "./prompt-images";

/** The words of a message that a model is given: its text, without reasoning. */
export function readText(parts: readonly MessagePart[]): string {
  return parts
    .filter((part) => part.type === "text")
    .map((part) => part.text)
    .join("\n\n");
}

/** What a model thought before its answer; the gate passes it on only where it is wanted. */
function readReasoning(parts: readonly MessagePart[]): string {
  return parts
    .filter((part) => part.type === "reasoning")
    .map((part) => part.text)
    .join("\n\n");
}

/**
 * Rebuilds what the model is sent from the stored branch: plan, then system prompt and the kept
 * messages in order, with the newest images. Answers without text (failed ones) are not part of it. A branch that ends with
 * an answer is one that goes on: then the model is asked to, and the answer goes along whole with
 * its question.
 *
 * @returns the prompt, and its tokens by our own count.
 */
export function buildPrompt(
  actor: Actor,
  systemPrompt: string,
  branch: OpenedTurn["history"],
  policy: PlanPolicy,
): { prompt: PromptMessage[]; inputTokens: number } {
  const counted: { id: string; tokenCount: number }[] = [];
  const spoken = branch
    .map((message) => ({ ...message, text: readText(message.parts) }))
    .filter(({ role, text }) => role === "user" || text.trim() !== "");
  const shown = chooseImages(spoken);
  const messages = spoken.map(({ id, role, parts, tokenCount, ...written }, at): PlanMessage => {
    const textTokens = tokenCount ?? countMessageTokens(written.text);
    if (tokenCount === null) counted.push({ id, tokenCount: textTokens });
    const { text, images, imageTokens } = shown[at] ?? { ...written, images: [], imageTokens: 0 };
    const reasoning = role === "assistant" ? readReasoning(parts) : "";
    return { id, role, text, tokens: textTokens + imageTokens, images, reasoning };
  });
  saveTokenCounts(actor, counted).catch((error: unknown) => {
    logger().warn({ error }, "token counts were not saved");
  });
  const system =
    systemPrompt.trim() === ""
      ? null
      : { text: systemPrompt, tokens: countMessageTokens(systemPrompt) };
  const newestCount = askToContinue(messages);
  const plan = planContext(system, messages, policy, newestCount);
  const kept = plan.entries.filter((entry) => entry.isKept).map((entry) => entry.message);
  const prepare = preparePromptImages(
    actor,
    kept.flatMap(({ images = [] }) => images),
  );
  return {
    prompt: [
      ...(system === null ? [] : [{ role: "system" as const, text: system.text }]),
      ...kept.map(({ role, text, images = [], reasoning = "" }) => ({
        role,
        text,
        ...(images.length === 0 ? {} : { images: images.map(prepare) }),
        ...(reasoning === "" ? {} : { reasoning }),
      })),
    ],
    inputTokens: plan.totalTokens,
  };
}

/** Puts the request to go on behind an answer. @returns how many messages must go along. */
function askToContinue(messages: PlanMessage[]): number {
  const newest = messages.at(-1);
  if (newest?.role !== "assistant") return 1;
  const questionAt = messages.findLastIndex(({ role }) => role === "user");
  const text = requestContinuation(newest.text);
  const tokens = countMessageTokens(text);
  messages.push({ id: "continuation", role: "user", text, tokens });
  return messages.length - Math.max(0, questionAt);
}
