import { beforeEach, describe, expect, it } from "vitest";
import type { MessageStatus } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "../ids";
import { db } from "./client";
import { testScope } from "./testing-tree";
import { closeTurns, type TurnToClose } from "./close-turn";
import { openTurn } from "./open-turn";
import { findBrokenTrees } from "./testing-tree";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

const system = { system: "test" };
const model = { id: "a-model", name: "m", label: "A model", providerId: "a-provider" };
let actor: Actor;

beforeEach(async () => {
  actor = await makeUser();
});

/** Opens a turn with several answers. */
async function open(conversationId: string, count: number) {
  const answers = Array.from({ length: count }, () => ({
    answerId: newId(),
    generationId: newId(),
    aliasId: "an-alias",
    model,
  }));
  const opened = await openTurn(actor, {
    conversationId,
    userMessage: {
      id: newId(),
      parts: [{ type: "text", text: "?" }],
      tokenCounts: { o200k: 5, wide: 0, signs: 0 },
    },
    parentId: undefined,
    answers,
    howMany: "all",
    title: "…",
    systemPrompt: undefined,
    parameters: undefined,
    contextPolicy: undefined,
    scope: testScope,
  });
  return { answers, opened };
}

type Opened = Awaited<ReturnType<typeof open>>["answers"][number];

const closing = (
  conversationId: string,
  { answerId, generationId }: Opened,
  status: Exclude<MessageStatus, "streaming"> = "complete",
): TurnToClose => ({
  userId: actor.userId,
  conversationId,
  answerId,
  generationId,
  parts: [{ type: "text", text: "An answer" }],
  outcome: { status, errorCode: null, errorDetails: null },
  tokenCounts: { o200k: 3, wide: 0, signs: 0 },
  plan: null,
  finishReason: "stop",
  attempts: [],
  firstTokenAt: null,
  finishedAt: new Date(),
  answeredBy: null,
  failover: null,
  kind: "answer",
  holdIds: [],
  receiptId: answerId,
});

const findConversation = (id: string) => db().conversation.findUniqueOrThrow({ where: { id } });

describe("a turn with several answers", () => {
  it("claims the conversation as a whole: of two at once, one opens", async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = newId();
      const both = await Promise.all([open(id, 3), open(id, 2)]);
      const opened = both.filter((one) => one.opened !== null);
      expect(opened).toHaveLength(1);
      const { liveMessageIds } = await findConversation(id);
      expect(liveMessageIds).toEqual(opened[0]?.answers.map(({ answerId }) => answerId));
    }
    expect(await findBrokenTrees()).toEqual([]);
  });

  it("leaves nothing live when its answers end at the same moment", async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = newId();
      const { answers } = await open(id, 4);
      await Promise.all(answers.map((one) => closeTurns(system, [closing(id, one)])));
      const { liveMessageIds, activeLeafId } = await findConversation(id);
      expect(liveMessageIds).toEqual([]);
      expect(activeLeafId).toBe(answers[0]?.answerId);
    }
    expect(await findBrokenTrees()).toEqual([]);
  });

  it("is closed as a whole by one statement, as when the server stops", async () => {
    const id = newId();
    const { answers } = await open(id, 3);
    const ended = await closeTurns(
      system,
      answers.map((one) => closing(id, one, "interrupted")),
    );
    expect(ended).toMatchObject([{ id, isAnswering: false }]);
    expect((await findConversation(id)).liveMessageIds).toEqual([]);
  });

  it("frees its answers one by one, and says whether others are still written", async () => {
    const id = newId();
    const { answers } = await open(id, 2);
    const [first, second] = answers;
    if (first === undefined || second === undefined) throw new Error("not opened");
    expect(await closeTurns(system, [closing(id, second)])).toMatchObject([{ isAnswering: true }]);
    expect((await findConversation(id)).liveMessageIds).toEqual([first.answerId]);
    expect(await closeTurns(system, [closing(id, second)])).toEqual([]);
    const last = await closeTurns(system, [closing(id, first, "failed")]);
    expect(last).toMatchObject([{ isAnswering: false }]);
    // One goes on with the first that is whole.
    expect((await findConversation(id)).activeLeafId).toBe(second.answerId);
    expect((await open(id, 1)).opened).toMatchObject({ followsLeaf: true, count: 1 });
  });
});
