import { randomUUID } from "node:crypto";
import { readMessagesOf } from "./fixtures/conversation";
import { readMessages } from "./fixtures/received-chat";
import { expect, test } from "./fixtures/test";

test.beforeEach(async ({ app }) => {
  await app.play("plain");
  app.provider.reset();
});

test.afterEach(async ({ app }) => {
  await app.undoSettings();
});

test("the provider receives the history that the server rebuilt, under the system prompt", async ({
  app,
  member,
}) => {
  const conversationId = await member.api.completeTurn("My name is Mia.");
  await member.api.send("PATCH", `/api/conversations/${conversationId}`, {
    systemPrompt: "You are a pirate.",
  });
  await member.api.completeTurn("What is my name?", { conversationId });
  expect(readMessages(app.provider.requests().at(-1))).toEqual([
    { role: "system", content: "You are a pirate." },
    { role: "user", content: "My name is Mia." },
    { role: "assistant", content: "You said: My name is Mia." },
    { role: "user", content: "What is my name?" },
  ]);
});

test("only the last rounds go along, and the system prompt always does", async ({
  app,
  member,
}) => {
  await app.changeSettings({
    contextPolicy: { kind: "rounds", rounds: 2, tokens: 32_000 },
    systemPrompt: "Answer briefly.",
  });
  const conversationId = randomUUID();
  for (const text of ["one", "two", "three", "four"]) {
    await member.api.completeTurn(text, { conversationId });
  }
  expect(readMessages(app.provider.requests().at(-1)).map(({ content }) => content)).toEqual([
    "Answer briefly.",
    "two",
    "You said: two",
    "three",
    "You said: three",
    "four",
  ]);
});

test("a token limit keeps fewer rounds", async ({ app, member }) => {
  await app.changeSettings({ contextPolicy: { kind: "tokens", rounds: 10, tokens: 500 } });
  const conversationId = randomUUID();
  const long = "很长的一段话。".repeat(30);
  for (const text of [`${long}一`, `${long}二`, "三"]) {
    await member.api.completeTurn(text, { conversationId });
  }
  const sent = JSON.stringify(readMessages(app.provider.requests().at(-1)));
  expect(sent).not.toContain(`${long}一`);
});

test("a regenerated answer stands beside the first, and only the shown one goes along", async ({
  app,
  member,
}) => {
  const conversationId = await member.api.completeTurn("Tell me a joke.");
  const [question, first] = await readMessagesOf(member.api, conversationId);
  const response = await member.api.request("POST", "/api/chat", {
    id: conversationId,
    trigger: "regenerate-message",
    messageId: first?.id,
  });
  expect(response.status).toBe(200);
  await response.text();
  const messages = await readMessagesOf(member.api, conversationId);
  expect(messages).toHaveLength(2);
  expect(messages[1]?.parentId).toBe(question?.id);
  expect(messages[1]?.siblingIds).toHaveLength(2);
  expect(messages[1]?.id).not.toBe(first?.id);
  await member.api.completeTurn("Another one.", { conversationId });
  expect(readMessages(app.provider.requests().at(-1)).slice(1)).toHaveLength(3);
});

test("a long conversation is handed out by pages, newest last", async ({ member }) => {
  const conversationId = randomUUID();
  for (const text of ["one", "two", "three"]) {
    await member.api.completeTurn(text, { conversationId });
  }
  type Page = { messages: { id: string; parts: { text: string }[] }[]; before: string | null };
  const path = `/api/conversations/${conversationId}/messages?limit=2`;
  const newest = await member.api.read<Page>(path);
  expect(newest.messages.map(({ parts }) => parts[0]?.text)).toEqual(["three", "You said: three"]);
  const older = await member.api.read<Page>(`${path}&before=${newest.before ?? ""}`);
  expect(older.messages.map(({ parts }) => parts[0]?.text)).toEqual(["two", "You said: two"]);
  const oldest = await member.api.read<Page>(`${path}&before=${older.before ?? ""}`);
  expect(oldest.before).toBeNull();
});
