import "server-only";
import type { ChatTurn } from "@/lib/contracts/chat";
import type { Actor } from "@/lib/domain/actor";
import { countMessageTokens } from "@/lib/domain/context/tokens";
import { deriveTitle } from "@/lib/domain/conversation/title";
import { AppError } from "@/lib/domain/errors/app-error";
import { rememberActivePath } from "../db/branches";
import { resolveAlias, type ResolvedAlias } from "../db/aliases";
import { requireMessage } from "../db/messages";
import { getInstanceSettings } from "../db/settings";
import {
  isDuplicateId,
  openTurn,
  toOpenedBy,
  type OpenedTurn,
  type TurnToOpen,
} from "../db/open-turn";
import { isDatabaseUnavailable } from "../db/unavailable";
import { newId } from "../ids";
import { logger } from "../logger";
import { beginAnswer } from "./begin-answer";
import { readText } from "./build-prompt";
import { closeDoubtful } from "./close-doubtful";
import { continueAnswer } from "./continue-answer";
import { explainRefusal } from "./explain-refusal";
import type { TakenTurn } from "./taken-turn";

/**
 * Takes a turn: settle the model, open the turn in the database, plan the context, and start the
 * generation, which then belongs to the server. Nothing reaches a provider before the user's
 * message is committed.
 *
 * @throws AppError `no_model`, `not_found`, `answer_in_progress`, `conflict` or `invalid_input`.
 */
export async function takeTurn(actor: Actor, turn: ChatTurn): Promise<TakenTurn> {
  const [settings, alias] = await Promise.all([getInstanceSettings(), chooseAlias(actor, turn)]);
  if (turn.trigger === "continue-message")
    return { kind: "live", answer: await continueAnswer(actor, turn, alias, settings) };
  const { text, ...place } = await findPlace(actor, turn);
  const toOpen: TurnToOpen = {
    conversationId: turn.id,
    ...place,
    answerId: newId(),
    generationId: newId(),
    title: deriveTitle(text) || "…",
    ...toOpenedBy(alias),
    systemPrompt: turn.settings?.systemPrompt,
    parameters: turn.settings?.parameters,
    // Each round is at least two messages; one more tells that something was left out.
    historyLimit: settings.windowRounds * 2 + 2,
  };
  let opened: OpenedTurn | null = null;
  try {
    opened = await openTurn(actor, toOpen);
  } catch (error) {
    if (isDatabaseUnavailable(error)) void closeDoubtful(actor, toOpen);
    if (!isDuplicateId(error)) throw error;
  }
  if (opened === null) return explainRefusal(actor, turn);
  const { conversationId, answerId, generationId, userMessage } = toOpen;
  if (!opened.followsLeaf) rememberBranch(actor, answerId);
  const answer = beginAnswer(actor, {
    conversationId,
    answerId,
    generationId,
    parentId: userMessage?.id ?? toOpen.parentId ?? "",
    alias,
    settings,
    opened,
    branch:
      userMessage === null ? opened.history : [...opened.history, { ...userMessage, role: "user" }],
    continued: null,
  });
  return { kind: "live", answer };
}

/** A turn beside the active branch leads it elsewhere; the way there is kept when there is time. */
function rememberBranch(actor: Actor, answerId: string): void {
  rememberActivePath(actor, answerId).catch((error: unknown) => {
    logger().warn({ error }, "the chosen branch was not remembered");
  });
}

/** The alias asked for, else the conversation's, else the default. @throws AppError `no_model`. */
async function chooseAlias(actor: Actor, turn: ChatTurn): Promise<ResolvedAlias> {
  const alias = await resolveAlias(actor, turn.model ?? null, turn.id);
  if (alias === null) throw new AppError("no_model");
  return alias;
}

type Place = Pick<TurnToOpen, "userMessage" | "parentId"> & { text: string };

/** Where in the tree the answer goes, and the new user message if there is one. */
async function findPlace(actor: Actor, turn: ChatTurn): Promise<Place> {
  if (turn.trigger === "submit-message" && turn.message !== undefined) {
    const { id, parts } = turn.message;
    const text = readText(parts);
    if (text.trim() === "")
      throw new AppError("invalid_input", {
        details: { field: "message", reason: "has no text" },
      });
    const tokenCount = countMessageTokens(text);
    return { userMessage: { id, parts, tokenCount }, parentId: turn.parentId, text };
  }
  const target = await requireMessage(actor, turn.id, turn.messageId ?? "");
  const parentId = target.role === "user" ? target.id : target.parentId;
  if (parentId === null) throw new AppError("not_found");
  return { userMessage: null, parentId, text: "" };
}
