import { beforeEach, describe, expect, it } from "vitest";
import { limits } from "@/lib/contracts/limits";
import type { Actor } from "@/lib/domain/actor";
import { db } from "./client";
import { findInConversation } from "./find-in-conversation";
import { makeUser, useTestDatabase } from "./testing";
import { plantLongBranch, plantTree } from "./testing-tree";

useTestDatabase();

let actor: Actor;

beforeEach(async () => {
  actor = await makeUser();
});

const tree = { q1: null, a1: "q1", b1: "q1", q2: "b1", a2: "q2" };

describe("findInConversation", () => {
  it("finds what is on the active branch, oldest first, whatever its case", async () => {
    const { conversationId, idOf } = await plantTree(actor, tree, {
      texts: { q1: "An Orange", a1: "orange too", b1: "no fruit", a2: "ORANGES and oranges" },
    });
    expect(await findInConversation(actor, conversationId, "orange")).toEqual({
      matches: [
        { messageId: idOf("q1"), role: "user", excerpt: "An Orange" },
        { messageId: idOf("a2"), role: "assistant", excerpt: "ORANGES and oranges" },
      ],
      isCut: false,
    });
    expect(await findInConversation(actor, conversationId, "melon")).toEqual({
      matches: [],
      isCut: false,
    });
  });

  it.each([
    ["长城", "我们去看长城吧"],
    ["Straße", "die STRASSE, die straße"],
    ["éCOLE", "À l'École"],
    ["100%", "sure: 100 % or 100%"],
    ["a_b", "axb and a_b"],
    ["c:\\x", "at C:\\X"],
    [".*", "any .* thing"],
  ])("finds %s as it is written", async (query, text) => {
    const { conversationId, idOf } = await plantTree(actor, tree, {
      texts: { q1: text, b1: "100 axb cx straSSe", q2: "长 城 ecole" },
    });
    const { matches } = await findInConversation(actor, conversationId, query);
    expect(matches.map(({ messageId }) => messageId)).toEqual([idOf("q1")]);
    expect(matches[0]?.excerpt.toLowerCase()).toContain(query.toLowerCase());
  });

  it("gives a few words around the first place", async () => {
    const text = `${"before ".repeat(200)}\n\n**needle** and [a link](https://example.com)\n${"after ".repeat(200)}needle`;
    const { conversationId } = await plantTree(actor, tree, { texts: { a2: text } });
    const { matches } = await findInConversation(actor, conversationId, "needle");
    expect(matches).toHaveLength(1);
    expect(matches[0]?.excerpt).toMatch(/^….*before needle and a link after.*…$/);
    expect(matches[0]?.excerpt.length).toBeLessThan(100);
  });

  it("looks at texts only, not at reasoning or names of fields", async () => {
    const { conversationId, idOf } = await plantTree(actor, tree);
    const parts = [
      { type: "reasoning", text: "secret thoughts" },
      { type: "text", text: "An answer" },
      { type: "text", text: "in two parts" },
    ];
    await db().message.update({ where: { id: idOf("a2") }, data: { parts } });
    for (const [query, count] of [
      ["thoughts", 0],
      ["reasoning", 0],
      ["two parts", 1],
    ] as const)
      expect((await findInConversation(actor, conversationId, query)).matches).toHaveLength(count);
  });

  it("lists so many and says when there are more", async () => {
    const { conversationId, ids } = await plantLongBranch(actor, limits.foundMessages + 1);
    const found = await findInConversation(actor, conversationId, "Message ");
    expect(found.matches).toHaveLength(limits.foundMessages);
    expect(found.matches[0]?.messageId).toBe(ids[0]);
    expect(found.isCut).toBe(true);
    expect(await findInConversation(actor, conversationId, "message 5 ")).toMatchObject({
      matches: [{ messageId: ids[5] }],
      isCut: false,
    });
  });

  it("finds nothing of somebody else's", async () => {
    const { conversationId } = await plantTree(actor, tree);
    await expect(
      findInConversation(await makeUser({ role: "admin" }), conversationId, "text"),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
