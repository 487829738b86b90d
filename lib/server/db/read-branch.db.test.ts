import { beforeEach, describe, expect, it } from "vitest";
import type { ContextPolicy } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "../ids";
import { db } from "./client";
import { readBranch, type BranchToRead } from "./read-branch";
import { makeUser, useTestDatabase } from "./testing";
import { plantLongBranch } from "./testing-tree";

useTestDatabase();

const count = 5_000;
const perMessage = 50;
let actor: Actor;
let conversationId: string;
let ids: string[];

beforeEach(async () => {
  actor = await makeUser();
  ({ conversationId, ids } = await plantLongBranch(actor, count));
  const tokenCounts = { o200k: perMessage, wide: 0, signs: 0 };
  await db().message.updateMany({ data: { tokenCounts } });
}, 60_000);

const read = (
  policy: Partial<ContextPolicy>,
  roomTokens: number,
  extra: Partial<BranchToRead> = {},
) =>
  readBranch(actor, {
    conversationId,
    draftId: "draft",
    parentId: undefined,
    contextPolicy: { kind: "rounds", rounds: 10, tokens: 32_000, ...policy },
    scope: {
      instancePolicy: { kind: "rounds", rounds: 10, tokens: 32_000 },
      roomTokens,
      ownPerToken: 1,
    },
    page: { before: undefined, limit: 100 },
    ...extra,
  });

describe("of a branch of 5,000 messages", () => {
  it("no more is read than the policy and the window let through", async () => {
    const rounds = await read({ kind: "rounds" }, 1_000_000);
    expect(rounds.history).toHaveLength(22);
    expect(rounds.history.at(-1)?.id).toBe(ids.at(-1));
    expect(rounds).toMatchObject({ isWhole: false });
    expect(rounds.page.map(({ id }) => id)).toEqual(ids.slice(-100));
    const tokens = await read({ kind: "tokens", tokens: 2_000 }, 1_000_000);
    expect(tokens.history).toHaveLength(40);
    const small = await read({ kind: "window" }, 8_000);
    expect(small.history).toHaveLength(160);
    const summary = await read({ kind: "summary" }, 8_000);
    expect(summary.history).toHaveLength(160);
    const coversToId = ids[4_960] ?? "";
    const text = { text: "So far.", tokenCounts: { o200k: 3, wide: 0, signs: 0 } };
    await db().summary.create({
      data: { id: newId(), conversationId, coversToId, coveredCount: 9, source: "model", ...text },
    });
    expect((await read({ kind: "summary" }, 8_000)).history).toHaveLength(40);
    const large = await read({ kind: "window" }, 1_000_000);
    expect(large.history).toHaveLength(count);
    expect(large.isWhole).toBe(true);
  }, 60_000);

  it("what is pinned is read too, however old, if it is on the branch", async () => {
    const { conversationId: other, ids: others } = await plantLongBranch(actor, 2);
    expect(other).not.toBe(conversationId);
    const marks = {
      [ids[7] ?? ""]: "pinned",
      [ids[9] ?? ""]: "excluded",
      [others[0] ?? ""]: "pinned",
    };
    const where = { id: ids.at(-1) ?? "" };
    await db().message.update({ where, data: { branchContext: { marks } } });
    const { history } = await read({ rounds: 2 }, 1_000_000);
    expect(history.map(({ id }) => id)).toEqual([ids[7], ...ids.slice(-6)]);
    await db().message.update({ where, data: { branchContext: { marks, startId: ids[8] } } });
    const started = await read({ rounds: 2 }, 1_000_000);
    expect(started.history.map(({ id }) => id)).toEqual(ids.slice(-6));
  }, 60_000);

  it("a page far up is found, and above the start it says so", async () => {
    const startId = ids[150] ?? "";
    const where = { id: ids.at(-1) ?? "" };
    await db().message.update({ where, data: { branchContext: { startId } } });
    const { page } = await read({}, 1_000_000, { page: { before: ids[200], limit: 60 } });
    expect(page.map(({ id }) => id)).toEqual(ids.slice(140, 200));
    const above = page.filter(({ isBeforeStart }) => isBeforeStart);
    expect(above.map(({ id }) => id)).toEqual(ids.slice(140, 150));
  }, 60_000);
});
