import "server-only";
import type { ChatTurn } from "@/lib/contracts/chat";
import { limits } from "@/lib/contracts/limits";
import type { Actor } from "@/lib/domain/actor";
import { hasImages } from "@/lib/domain/images/find-image-ids";
import { deriveTitle } from "@/lib/domain/conversation/title";
import { AppError } from "@/lib/domain/errors/app-error";
import { nameImages } from "../attachments/name-images";
import { settleImages } from "../attachments/settle-images";
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
import { beginAnswers } from "./begin-answers";
import { countBranch } from "./count-branch";
import { TextCounter } from "./count-texts";
import { findScope } from "./find-scope";
import { readText } from "./read-parts";
import { requireRoom } from "./require-room";
import { closeDoubtful } from "./close-doubtful";
import { continueAnswer } from "./continue-answer";
import { explainRefusal } from "./explain-refusal";
import type { TakenTurn } from "./taken-turn";

/**
 * Takes a turn: settle the model, open the turn in the database, plan the context, and start the
 * generation, which then belongs to the server. Nothing reaches a provider before the user's
 * message is committed.
 *
 * @throws AppError `no_model`, `not_found`, `answer_in_progress`, `conflict`, `invalid_input`, or
 * `context_too_long` where the message can't be sent at all.
 */
export async function takeTurn(actor: Actor, turn: ChatTurn): Promise<TakenTurn> {
  const [settings, aliases] = await Promise.all([
    getInstanceSettings(),
    chooseAliases(actor, turn),
  ]);
  if (turn.trigger === "continue-message")
    return { kind: "live", answer: await continueAnswer(actor, turn, aliases[0], settings) };
  const { text, ...place } = await findPlace(actor, turn, aliases);
  if (place.userMessage !== null)
    await requireRoom(actor, turn, place.userMessage, { settings, aliases });
  const answers = nameAnswers(aliases);
  const toOpen: TurnToOpen = {
    conversationId: turn.id,
    ...place,
    answers: answers.map(({ alias, ...ids }) => ({ ...ids, ...toOpenedBy(alias) })),
    howMany: turn.compare === undefined ? "n" : "all",
    title:
      deriveTitle(text) || (hasImages(place.userMessage?.parts ?? []) ? await nameImages() : "…"),
    systemPrompt: turn.settings?.systemPrompt,
    parameters: turn.settings?.parameters,
    contextPolicy: turn.settings?.contextPolicy,
    scope: findScope(settings, aliases),
  };
  let opened: OpenedTurn | null = null;
  try {
    opened = await openTurn(actor, toOpen);
  } catch (error) {
    if (isDatabaseUnavailable(error)) void closeDoubtful(actor, toOpen);
    if (!isDuplicateId(error)) throw error;
  }
  if (opened === null) return explainRefusal(actor, turn);
  const { conversationId, userMessage } = toOpen;
  if (!opened.followsLeaf) rememberBranch(actor, answers[0].answerId);
  const history = await countBranch(actor, opened.history, aliases);
  const answer = beginAnswers(actor, {
    conversationId,
    parentId: userMessage?.id ?? toOpen.parentId ?? "",
    answers: answers.slice(0, opened.count),
    settings,
    opened,
    branch: {
      ...opened,
      history: userMessage === null ? history : [...history, { ...userMessage, role: "user" }],
    },
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

type Aliases = readonly [ResolvedAlias, ...ResolvedAlias[]];

/**
 * The aliases to compare, or the one asked for, else the conversation's, else the default.
 *
 * @throws AppError `no_model`.
 */
async function chooseAliases(actor: Actor, turn: ChatTurn): Promise<Aliases> {
  const ids = turn.compare ?? [turn.model ?? null];
  const found = await Promise.all(ids.map((id) => resolveAlias(actor, id, turn.id)));
  const [first, ...others] = found.flatMap((alias) => alias ?? []);
  if (first === undefined || found.includes(null)) throw new AppError("no_model");
  return [first, ...others];
}

type NamedAnswer = { answerId: string; generationId: string; alias: ResolvedAlias };

/**
 * Names as many answers as there may be, in the order of their ids: one of each alias, or of a
 * single one all that the conversation's parameters can ask for.
 */
function nameAnswers([first, ...others]: Aliases): readonly [NamedAnswer, ...NamedAnswer[]] {
  const more =
    others.length > 0 ? others : Array.from({ length: limits.candidates - 1 }, () => first);
  const name = (alias: ResolvedAlias) => ({ answerId: newId(), generationId: newId(), alias });
  return [name(first), ...more.map(name)];
}

type Place = Pick<TurnToOpen, "userMessage" | "parentId"> & { text: string };

/** Where in the tree the answer goes, and the new user message if there is one. */
async function findPlace(actor: Actor, turn: ChatTurn, aliases: Aliases): Promise<Place> {
  if (turn.trigger === "submit-message" && turn.message !== undefined) {
    const { id } = turn.message;
    const text = readText(turn.message.parts);
    const parts = await settleImages(actor, turn.message.parts);
    if (text.trim() === "" && !hasImages(parts))
      throw new AppError("invalid_input", {
        details: { field: "message", reason: "has neither text nor images" },
      });
    const counter = await TextCounter.for(aliases.flatMap(({ targets }) => targets));
    const tokenCounts = await counter.count(text);
    return { userMessage: { id, parts, tokenCounts }, parentId: turn.parentId, text };
  }
  const target = await requireMessage(actor, turn.id, turn.messageId ?? "");
  const parentId = target.role === "user" ? target.id : target.parentId;
  if (parentId === null) throw new AppError("not_found");
  return { userMessage: null, parentId, text: "" };
}
