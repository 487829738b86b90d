import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readConversation, readMessagesOf, textOf } from "./fixtures/conversation";
import type { App } from "./fixtures/app";
import { makePicture } from "./fixtures/pictures";
import { countCallsWith } from "./fixtures/received-chat";
import { expect, test, type Member } from "./fixtures/test";

/** What the second user tries on each route that names a row. Routes are found in the source. */
const attempts: Record<string, (ids: Ids) => Attempt[]> = {
  "/api/attachments/[id]": ({ imageId }) => [
    ["GET", `/api/attachments/${imageId}`],
    ["DELETE", `/api/attachments/${imageId}`],
  ],
  // Somebody else's conversation is as empty as one that was never begun.
  "/api/chat/[id]/plan": ({ conversationId, answerId }) => [
    ["POST", `/api/chat/${conversationId}/plan`, { parentId: answerId }],
  ],
  "/api/chat/[id]/stop": ({ conversationId }) => [["POST", `/api/chat/${conversationId}/stop`]],
  "/api/chat/[id]/stream": ({ conversationId }) => [["GET", `/api/chat/${conversationId}/stream`]],
  "/api/conversations/[id]": ({ conversationId }) => [
    ["GET", `/api/conversations/${conversationId}`],
    ["PATCH", `/api/conversations/${conversationId}`, { title: "stolen" }],
    ["PATCH", `/api/conversations/${conversationId}`, { isDeleted: false }],
    ["DELETE", `/api/conversations/${conversationId}`],
  ],
  "/api/conversations/[id]/messages": ({ conversationId, answerId }) => [
    ["GET", `/api/conversations/${conversationId}/messages`],
    ["GET", `/api/conversations/${conversationId}/messages?before=${answerId}`],
    ["GET", `/api/conversations/${conversationId}/messages?around=${answerId}`],
  ],
  "/api/conversations/[id]/summary": ({ conversationId }) => [
    ["GET", `/api/conversations/${conversationId}/summary`],
    ["PATCH", `/api/conversations/${conversationId}/summary`, { text: "stolen" }],
    ["PATCH", `/api/conversations/${conversationId}/summary`, { isOff: true }],
    ["PATCH", `/api/conversations/${conversationId}/summary`, { restoreId: "a-summary" }],
    ["POST", `/api/conversations/${conversationId}/summary`, {}],
  ],
  "/api/conversations/[id]/successor": ({ conversationId }) => [
    ["POST", `/api/conversations/${conversationId}/successor`],
  ],
  "/api/conversations/[id]/find": ({ conversationId }) => [
    ["GET", `/api/conversations/${conversationId}/find?query=canary`],
  ],
  "/api/me/presets/[id]": ({ presetId }) => [
    ["PATCH", `/api/me/presets/${presetId}`, { name: "stolen" }],
    ["DELETE", `/api/me/presets/${presetId}`],
  ],
  // Names a provider, which here takes no keys of members.
  "/api/me/provider-keys/[id]": ({ providerId }) => [
    ["PUT", `/api/me/provider-keys/${providerId}`, { key: "sk-stolen" }],
    ["DELETE", `/api/me/provider-keys/${providerId}`],
  ],
  "/api/messages/[id]": ({ answerId }) => [
    ["PATCH", `/api/messages/${answerId}`, { isChosen: true }],
    ["PATCH", `/api/messages/${answerId}`, { text: "Taken over." }],
    ["PATCH", `/api/messages/${answerId}`, { isDeleted: false }],
    ["DELETE", `/api/messages/${answerId}`],
  ],
  "/api/messages/[id]/branch": ({ answerId }) => [["POST", `/api/messages/${answerId}/branch`]],
  "/api/messages/[id]/candidates": ({ answerId }) => [
    ["GET", `/api/messages/${answerId}/candidates`],
  ],
  "/api/messages/[id]/plan": ({ answerId }) => [["GET", `/api/messages/${answerId}/plan`]],
  "/api/messages/[id]/receipt": ({ answerId }) => [["GET", `/api/messages/${answerId}/receipt`]],
};

/** Rows of the first user, and a provider of the instance. */
type Ids = {
  conversationId: string;
  answerId: string;
  imageId: string;
  presetId: string;
  providerId: string;
};

type Attempt = [method: string, path: string, body?: unknown];

function findRoutesWithIds(): string[] {
  const files = readdirSync("app/api", { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => path.basename(file) === "route.ts" && file.includes("[id]"))
    .map((file) => `/api/${path.dirname(file)}`)
    .filter((route) => !route.startsWith("/api/admin/"))
    .sort();
}

function findAdminRoutes(): Attempt[] {
  const files = readdirSync("app/api/admin", { recursive: true, encoding: "utf8" });
  const routes = files.filter((file) => path.basename(file) === "route.ts");
  return routes.flatMap((file) => {
    const source = readFileSync(path.join("app/api/admin", file), "utf8");
    const methods = [...source.matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g)];
    const route = `/api/admin/${path.dirname(file)}`.replace(/\[\w+\]/g, randomUUID());
    return methods.map(([, method = ""]): Attempt =>
      method === "GET" || method === "DELETE" ? [method, route] : [method, route, {}],
    );
  });
}

async function startConversation(owner: Member): Promise<string> {
  return owner.api.completeTurn("The canary sings at midnight.");
}

async function uploadImage(owner: Member): Promise<string> {
  const { name, mimeType, buffer } = makePicture("canary.png");
  const response = await owner.api.fetch(`/api/attachments?name=${name}`, {
    method: "POST",
    headers: { "content-type": mimeType },
    body: new Uint8Array(buffer),
  });
  return ((await response.json()) as { id: string }).id;
}

async function storeRows(
  app: App,
  owner: Member,
): Promise<Omit<Ids, "conversationId" | "answerId">> {
  const preset = { name: "Canary", parameters: { temperature: 0.1 } };
  const { id: presetId } = await owner.api.send<{ id: string }>("POST", "/api/me/presets", preset);
  const { providers } = await app.admin.read<{ providers: { id: string }[] }>(
    "/api/admin/providers",
  );
  return { presetId, imageId: await uploadImage(owner), providerId: providers[0]?.id ?? "" };
}

test.beforeEach(async ({ app }) => {
  await app.play("plain");
  app.provider.reset();
});

test("every route that names a row is known to this suite", () => {
  expect(findRoutesWithIds()).toEqual(Object.keys(attempts).sort());
});

test("another user's ids do not exist, on any route, and nothing changes", async ({
  app,
  member,
  newMember,
}) => {
  const other = await newMember("Bob");
  const conversationId = await startConversation(member);
  const rows = await storeRows(app, member);
  const before = {
    conversation: await readConversation(member.api, conversationId),
    messages: await readMessagesOf(member.api, conversationId),
  };
  const answerId = before.messages[1]?.id ?? "";
  for (const attempt of Object.values(attempts).flatMap((list) =>
    list({ conversationId, answerId, ...rows }),
  )) {
    const [method, route, body] = attempt;
    const theirs = await other.api.request(method, route, body);
    const ids = [conversationId, answerId, ...Object.values(rows)];
    const random = ids.reduce((left, id) => left.replace(id, randomUUID()), route);
    const nobodys = await other.api.request(method, random, body);
    expect([method, route, theirs.status]).toEqual([method, route, 404]);
    expect(await theirs.text()).toBe(await nobodys.text());
  }
  expect(await readConversation(member.api, conversationId)).toEqual(before.conversation);
  expect(await readMessagesOf(member.api, conversationId)).toEqual(before.messages);
  expect((await member.api.request("GET", `/api/attachments/${rows.imageId}`)).status).toBe(200);
  expect(await member.api.read("/api/me/presets")).toMatchObject({
    presets: [{ id: rows.presetId, name: "Canary" }],
  });
});

test("the plan of another user's conversation is that of an empty one", async ({
  member,
  newMember,
}) => {
  const other = await newMember("Bob");
  const conversationId = await startConversation(member);
  const planOf = (id: string) => other.api.send("POST", `/api/chat/${id}/plan`, { text: "Hi" });
  const theirs = await planOf(conversationId);
  expect(theirs).toMatchObject({ entries: [], summary: null, before: null });
  expect(theirs).toEqual(await planOf(randomUUID()));
});

test("a turn in another user's conversation, or after their message, is never made", async ({
  app,
  member,
  newMember,
}) => {
  const other = await newMember("Bob");
  const conversationId = await startConversation(member);
  const before = await readMessagesOf(member.api, conversationId);
  const [question, answer] = before;
  const own = await startConversation(other);
  app.provider.reset();
  const tries = [
    other.api.postTurn("intruder", { conversationId }),
    other.api.postTurn("intruder", { conversationId, parentId: answer?.id ?? null }),
    other.api.request("POST", "/api/chat", {
      id: conversationId,
      trigger: "regenerate-message",
      messageId: answer?.id,
    }),
    other.api.request("POST", "/api/chat", {
      id: own,
      trigger: "regenerate-message",
      messageId: question?.id,
    }),
  ];
  for (const response of await Promise.all(tries)) expect(response.status).toBe(404);
  // In one's own conversation, somebody else's message is as unknown as one that never was.
  for (const parentId of [answer?.id ?? null, randomUUID()]) {
    const elsewhere = await other.api.postTurn("intruder", { conversationId: own, parentId });
    expect(elsewhere.status).toBe(409);
  }
  // A message id that somebody else used already is a row that does not belong here either.
  const reused = await other.api.postTurn("intruder", { messageId: question?.id ?? "" });
  expect(reused.status).toBe(404);
  expect(app.provider.requests()).toEqual([]);
  expect(await readMessagesOf(member.api, conversationId)).toEqual(before);
});

test("another user can neither watch nor stop a live answer", async ({
  app,
  member,
  newMember,
}) => {
  await app.play("gate");
  const other = await newMember("Bob");
  const conversationId = randomUUID();
  const answer = await member.api.postTurn("Go on.", { conversationId });
  const watched = await other.api.request("GET", `/api/chat/${conversationId}/stream`);
  const stopped = await other.api.request("POST", `/api/chat/${conversationId}/stop`);
  expect([watched.status, stopped.status]).toEqual([404, 404]);
  app.provider.release();
  expect(await answer.text()).toContain("second");
  const messages = await readMessagesOf(member.api, conversationId);
  expect(messages.at(-1)?.status).toBe("complete");
  expect(textOf(messages.at(-1))).toContain("The second half is here too.");
  expect(countCallsWith(app.provider.requests(), "Go on.")).toBe(1);
});

test("nobody gets anything without a session, and a member nothing of the admin's", async ({
  member,
  newMember,
}) => {
  const nobody = await newMember("Nobody");
  await nobody.api.request("DELETE", "/api/me/sessions");
  const adminRoutes = findAdminRoutes();
  expect(adminRoutes.length).toBeGreaterThan(10);
  for (const [method, route, body] of adminRoutes) {
    const asMember = await member.api.request(method, route, body);
    const asNobody = await nobody.api.request(method, route, body);
    expect([method, route, asMember.status, asNobody.status]).toEqual([method, route, 403, 401]);
  }
  for (const route of ["/api/me", "/api/models", "/api/conversations"]) {
    expect([route, (await nobody.api.request("GET", route)).status]).toEqual([route, 401]);
  }
  expect((await nobody.api.postTurn("hello")).status).toBe(401);
});

test("forged sessions are nobody's", async ({ app }) => {
  const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
  const payload = Buffer.from(JSON.stringify({ sub: "1", sessionVersion: 0 })).toString(
    "base64url",
  );
  const attacks: Record<string, string>[] = [
    { cookie: `parley.session=${none}.${payload}.` },
    { cookie: "parley.session=nonsense" },
    { "x-user-id": "1", "x-forwarded-user": "ada@example.com" },
    { authorization: "Bearer nonsense" },
  ];
  for (const headers of attacks) {
    expect((await fetch(`${app.url}/api/me`, { headers })).status).toBe(401);
  }
});
