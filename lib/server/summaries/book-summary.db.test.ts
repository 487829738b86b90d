import { beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { db } from "../db/client";
import { holdBudgets } from "../db/hold-budgets";
import type * as summaries from "../db/summaries";
import { findBalances, makeAttempt, makeBudget, makeCall } from "../db/testing-holds";
import { makeUser, useTestDatabase } from "../db/testing";
import { newId } from "../ids";
import { bookSummary } from "./book-summary";

vi.mock("../db/summaries", async (load) => ({
  ...(await load<typeof summaries>()),
  storeSummary: () => Promise.reject(new Error("gone")),
}));

useTestDatabase();

let actor: Actor;
beforeEach(async () => {
  actor = await makeUser();
});

it("books what a summary used that could not be stored", async () => {
  await makeBudget(100_000);
  const call = makeCall({ kind: "summary" });
  await holdBudgets(actor, call);
  const lease = { conversationId: newId(), until: new Date() };
  const stored = bookSummary(
    actor,
    lease,
    {
      ...{ summaryId: newId(), generationId: newId(), aliasId: "alias", model: null },
      ...{ parameters: {}, status: "complete", finishReason: "stop", errorCode: null },
      ...{ attempts: [makeAttempt(call.callId)], holdIds: [call.callId], answerId: "answer" },
      ...{ startedAt: new Date(), finishedAt: new Date() },
    },
    null,
    0,
  );
  await expect(stored).rejects.toThrow("gone");
  await expect.poll(() => findBalances()).toEqual([{ used: 2_600, held: 0 }]);
  expect(await db().ledgerEntry.findMany()).toMatchObject([
    { kind: "summary", answerId: "answer", conversationId: lease.conversationId },
  ]);
});
