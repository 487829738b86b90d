import "server-only";
import type { MessagePart } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { planContext, type PlanMessage, type PlanPolicy } from "@/lib/domain/context/plan";
import { countMessageTokens } from "@/lib/domain/context/tokens";
import { saveTokenCounts } from "../db/messages";
import type { OpenedTurn } from "../db/open-turn";
import { logger } from "../logger";
import type { PromptMessage } from "../models/model-call";

/** The words of a message that a model is given: its text, without reasoning. */
export function readText(parts: readonly MessagePart[]): string {
  return parts
    .filter((part) => part.type === "text")
    .map((part) => part.text)
    .join("\n\n");
}

/**
 * Rebuilds what the model is sent from the stored branch: plan, then system prompt and the kept
 * messages in order. Answers without text (failed ones) are not part of it.
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
  const messages = branch.flatMap(({ id, role, parts, tokenCount }): PlanMessage[] => {
    const text = readText(parts);
    if (role === "assistant" && text.trim() === "") return [];
    const tokens = tokenCount ?? countMessageTokens(text);
    if (tokenCount === null) counted.push({ id, tokenCount: tokens });
    return [{ id, role, text, tokens }];
  });
  saveTokenCounts(actor, counted).catch((error: unknown) => {
    logger().warn({ error }, "token counts were not saved");
  });
  const system =
    systemPrompt.trim() === ""
      ? null
      : { text: systemPrompt, tokens: countMessageTokens(systemPrompt) };
  const plan = planContext(system, messages, policy);
  const kept = plan.entries.filter((entry) => entry.isKept).map((entry) => entry.message);
  return {
    prompt: [
      ...(system === null ? [] : [{ role: "system" as const, text: system.text }]),
      ...kept.map(({ role, text }) => ({ role, text })),
    ],
    inputTokens: plan.totalTokens,
  };
}
