import { randomUUID } from "node:crypto";
import type { Message } from "@/lib/contracts/messages";
import type { App } from "./fixtures/app";
import { readMessagesOf, textOf } from "./fixtures/conversation";
import { countCallsWith } from "./fixtures/received-chat";
import { expect, test, type Member } from "./fixtures/test";

test.beforeEach(({ app }) => {
  app.provider.reset();
});

test.afterEach(async ({ app }) => {
  await app.undoSettings();
});

/** Takes a turn with a scenario, and checks what must hold after every fault. */
async function takeTurn(app: App, member: Member, scenario: string): Promise<Message | undefined> {
  const model = app.modelId(scenario);
  const conversationId = await member.api.completeTurn("What I typed.", { model });
  const messages = await readMessagesOf(member.api, conversationId);
  expect(messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
  expect(textOf(messages[0])).toBe("What I typed.");
  expect(messages[1]?.status).not.toBe("streaming");
  // The fault removed, the same conversation goes on.
  const next = { conversationId, model: app.modelId("plain") };
  await member.api.completeTurn("And now?", next);
  const after = await readMessagesOf(member.api, conversationId);
  // What had no answer goes along with what follows it.
  expect(textOf(after.at(-1))).toMatch(/^You said: (?:What I typed\.\n\n)?And now\?$/);
  return messages[1];
}

test.describe("an answer that never began", () => {
  const cases: [scenario: string, errorCode: string][] = [
    ["error-400", "provider_rejected"],
    ["error-401", "provider_key_refused"],
    ["error-403", "provider_forbidden"],
    ["error-404", "provider_model_missing"],
    ["gone", "provider_model_missing"],
    ["error-429", "provider_rate_limited"],
    ["error-429-quota", "provider_out_of_credit"],
    ["error-500", "provider_failed"],
    ["error-502-html", "provider_failed"],
    ["error-503", "provider_failed"],
    ["error-529", "provider_failed"],
    ["context-too-long", "context_too_long"],
    ["empty", "empty_answer"],
    ["redirect", "provider_redirected"],
  ];
  for (const [scenario, errorCode] of cases) {
    test(`${scenario} fails as ${errorCode}`, async ({ app, member }) => {
      const answer = await takeTurn(app, member, scenario);
      expect(answer).toMatchObject({ status: "failed", errorCode });
      expect(JSON.stringify(answer)).not.toMatch(/sk-test|nginx|127\.0\.0\.1|elsewhere/);
    });
  }

  for (const scenario of ["stall", "stall-headers"]) {
    test(`${scenario} fails when the wait for the first word is over`, async ({ app, member }) => {
      await app.changeSettings({ firstTokenTimeoutSeconds: 1 });
      const answer = await takeTurn(app, member, scenario);
      expect(answer).toMatchObject({ status: "failed", errorCode: "provider_timeout" });
      await expect
        .poll(() => app.provider.requests().find(({ model }) => model === scenario))
        .toMatchObject({ isClosedByClient: true });
    });
  }

  test("a provider that is not there fails as unreachable, and works once it is back", async ({
    app,
    member,
  }) => {
    await app.removeProvider();
    const model = app.modelId("plain");
    const conversationId = await member.api.completeTurn("Anybody?", { model });
    const [, failed] = await readMessagesOf(member.api, conversationId);
    expect(failed).toMatchObject({ status: "failed", errorCode: "provider_unreachable" });
    await app.returnProvider();
    await member.api.completeTurn("And now?", { conversationId, model });
    const messages = await readMessagesOf(member.api, conversationId);
    expect(textOf(messages.at(-1))).toBe("You said: Anybody?\n\nAnd now?");
  });
});

test.describe("an answer that was cut", () => {
  const cases: [scenario: string, status: string, errorCode: string | null][] = [
    ["reset", "interrupted", "connection_lost"],
    ["no-finish", "interrupted", "connection_lost"],
    ["error-in-stream", "interrupted", "provider_failed"],
    ["length", "length", null],
    ["content-filter", "filtered", "answer_filtered"],
  ];
  for (const [scenario, status, errorCode] of cases) {
    test(`${scenario} keeps what came, as ${status}`, async ({ app, member }) => {
      const answer = await takeTurn(app, member, scenario);
      expect(answer).toMatchObject({ status, errorCode });
      expect(textOf(answer)).toBe("This is the first part of the answer, ");
    });
  }

  test("stall-mid keeps what came when the silence is over", async ({ app, member }) => {
    await app.changeSettings({ idleTimeoutSeconds: 1 });
    const answer = await takeTurn(app, member, "stall-mid");
    expect(answer).toMatchObject({ status: "interrupted", errorCode: "provider_timeout" });
    expect(textOf(answer)).toBe("This is the first part of the answer, ");
  });

  test("malformed-chunk is not stored as complete", async ({ app, member }) => {
    const answer = await takeTurn(app, member, "malformed-chunk");
    expect(answer?.status).toBe("interrupted");
    expect(textOf(answer)).toBe("This is the first part of the answer, ");
  });
});

test.describe("an answer that is odd but whole", () => {
  const cases: [scenario: string, text: string][] = [
    ["no-done", "This answer is whole."],
    ["bad-usage", "This answer is whole."],
    ["json-instead", "You said: What I typed."],
    ["nul", "beforeafter lone \ufffd surrogate"],
  ];
  for (const [scenario, text] of cases) {
    test(`${scenario} is complete`, async ({ app, member }) => {
      const answer = await takeTurn(app, member, scenario);
      expect(answer).toMatchObject({ status: "complete", errorCode: null });
      expect(textOf(answer)).toBe(text);
    });
  }

  for (const scenario of ["reasoning", "think-tags"]) {
    test(`${scenario} keeps the reasoning apart from the answer`, async ({ app, member }) => {
      const answer = await takeTurn(app, member, scenario);
      expect(answer?.parts.map(({ type }) => type)).toEqual(["reasoning", "text"]);
      expect(textOf(answer)).toBe("After some thought: What I typed.");
    });
  }

  test("split-utf8 arrives character by character whole", async ({ app, member }) => {
    const [split, whole] = [
      await takeTurn(app, member, "split-utf8"),
      await takeTurn(app, member, "chinese"),
    ];
    expect(textOf(split)).toBe(textOf(whole));
    expect(textOf(split)).toContain("👩‍👩‍👧‍👦");
  });
});

test.describe("one message, one answer, one call", () => {
  test("however often and fast it is posted", async ({ app, member }) => {
    await app.play("gate");
    const turn = { conversationId: randomUUID(), messageId: randomUUID() };
    const posts = Array.from({ length: 8 }, () => member.api.postTurn("Only once.", turn));
    const responses = await Promise.all(posts);
    expect(responses.map(({ status }) => status)).toEqual(posts.map(() => 200));
    app.provider.release();
    for (const response of responses) expect(await response.text()).toContain("second half");
    const again = await member.api.postTurn("Only once.", turn);
    expect(again.status).toBe(200);
    await again.text();
    expect(await readMessagesOf(member.api, turn.conversationId)).toHaveLength(2);
    expect(countCallsWith(app.provider.requests(), "Only once.")).toBe(1);
  });

  test("a second message while one is answered waits its turn, and is not lost silently", async ({
    app,
    member,
  }) => {
    await app.play("gate");
    const conversationId = randomUUID();
    const first = await member.api.postTurn("First.", { conversationId });
    const second = await member.api.postTurn("Second.", { conversationId });
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({ error: { code: "answer_in_progress" } });
    app.provider.release();
    await first.text();
    expect(await readMessagesOf(member.api, conversationId)).toHaveLength(2);
  });

  test("a reader that leaves changes nothing, and the answer can be followed again", async ({
    app,
    member,
  }) => {
    await app.play("gate");
    const conversationId = randomUUID();
    const answer = await member.api.postTurn("Go on without me.", { conversationId });
    await answer.body?.cancel();
    const resumed = await member.api.request("GET", `/api/chat/${conversationId}/stream`);
    app.provider.release();
    const text = await resumed.text();
    expect(text).toContain("first");
    expect(text).toContain("second");
    expect(app.provider.requests()).toHaveLength(1);
    expect(app.provider.requests()[0]?.isClosedByClient).toBe(false);
    const none = await member.api.request("GET", `/api/chat/${conversationId}/stream`);
    expect(none.status).toBe(204);
  });

  test("stop ends the call at the provider within two seconds", async ({ app, member }) => {
    await app.play("gate");
    const conversationId = randomUUID();
    const answer = await member.api.postTurn("Stop me.", { conversationId });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let seen = ""; !seen.includes("here."); seen += (await reader?.read())?.value ?? "");
    await member.api.send("POST", `/api/chat/${conversationId}/stop`);
    await expect
      .poll(() => app.provider.requests()[0]?.isClosedByClient, { timeout: 2_000 })
      .toBe(true);
    const messages = await readMessagesOf(member.api, conversationId);
    expect(messages[1]?.status).toBe("stopped");
    expect(textOf(messages[1])).toBe("The first half is here.");
  });
});
