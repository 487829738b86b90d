import { glob } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { openBrowser, type Browser } from "@/lib/server/auth/testing-browser";
import { sessionCookieName } from "@/lib/server/auth/session-cookie";
import { writeSessionToken } from "@/lib/server/auth/session-token";
import { db } from "@/lib/server/db/client";
import { storeModel } from "@/lib/server/db/testing-models";
import { makeUser, useTestDatabase } from "@/lib/server/db/testing";
import { newId } from "@/lib/server/ids";
import type { RouteEntry } from "./route-entry.testing";
import {
  attachmentSlot,
  conversationSlot,
  messageSlot,
  routeManifest,
} from "./route-manifest.testing";

vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

type Handler = Parameters<Browser["call"]>[0];

const methods = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;
const canary = "CANARY-7f3a";

useTestDatabase();

let owner: Actor;
let conversationId: string;
let messageId: string;
let attachmentId: string;

beforeEach(async () => {
  owner = await makeUser({ role: "admin" });
  conversationId = newId();
  messageId = newId();
  attachmentId = newId();
  await storeModel({ name: "m", baseUrl: "http://127.0.0.1:9" });
  const parts = [{ type: "text", text: canary }];
  await db().conversation.create({
    data: {
      id: conversationId,
      userId: owner.userId,
      title: canary,
      systemPrompt: canary,
      activeLeafId: messageId,
      messages: {
        create: { id: messageId, role: "assistant", parts, status: "complete" },
      },
    },
  });
  await db().attachment.create({
    data: {
      id: attachmentId,
      userId: owner.userId,
      mediaType: "image/png",
      fileName: `${canary}.png`,
      width: 1,
      height: 1,
      byteLength: canary.length,
      bytes: new TextEncoder().encode(canary),
    },
  });
});

async function browserOf(actor: Actor): Promise<Browser> {
  const browser = openBrowser();
  const token = await writeSessionToken({ userId: actor.userId, version: 0 });
  browser.jar.set(sessionCookieName(), token);
  return browser;
}

function loadRoute(folder: string) {
  const file = path.resolve("app/api", folder, "route.ts");
  return import(/* @vite-ignore */ file) as Promise<Record<string, Handler>>;
}

async function handlerOf({ path: folder, method }: RouteEntry): Promise<Handler> {
  const route = await loadRoute(folder);
  const handler = route[method];
  if (handler === undefined) throw new Error(`no ${method} in ${folder}`);
  return handler;
}

type Ids = { conversation: string; message: string; attachment: string };

const ownersIds = (): Ids => ({
  conversation: conversationId,
  message: messageId,
  attachment: attachmentId,
});
const randomIds = (): Ids => ({
  conversation: newId(),
  message: newId(),
  attachment: newId(),
});

async function callRoute(browser: Browser, entry: RouteEntry, ids: Ids) {
  const body =
    entry.body === undefined
      ? undefined
      : (JSON.parse(
          JSON.stringify(entry.body)
            .replaceAll(conversationSlot, ids.conversation)
            .replaceAll(messageSlot, ids.message)
            .replaceAll(attachmentSlot, ids.attachment),
        ) as unknown);
  const { resource } = entry;
  const rowId =
    resource === "message" || resource === "attachment" ? ids[resource] : ids.conversation;
  const url = `/api/${entry.path.replace("[id]", rowId)}${entry.query ?? ""}`;
  const response = await browser.call(await handlerOf(entry), url, {
    method: entry.method,
    params: { id: rowId },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

async function dump(): Promise<string> {
  const tables = [
    await db().conversation.findMany(),
    await db().message.findMany(),
    await db().generation.findMany(),
    await db().provider.findMany(),
    await db().model.findMany(),
    await db().setting.findMany(),
    await db().invite.findMany(),
    await db().user.findMany(),
    await db().attachment.findMany(),
  ];
  return JSON.stringify(tables);
}

const nameOf = ({ method, path: folder, body }: RouteEntry) =>
  `${method} /api/${folder}${body === undefined ? "" : ` ${JSON.stringify(body)}`}`;
const only = (choose: (entry: RouteEntry) => boolean) =>
  routeManifest.filter(choose).map((entry) => [nameOf(entry), entry] as const);

describe("the manifest", () => {
  it("names every route there is, and no other", async () => {
    const found: string[] = [];
    for await (const file of glob("app/api/**/route.ts")) {
      const folder = path.relative("app/api", path.dirname(file));
      const route = await loadRoute(folder);
      found.push(...methods.filter((method) => method in route).map((m) => `${m} ${folder}`));
    }
    const named = new Set(routeManifest.map((entry) => `${entry.method} ${entry.path}`));
    expect([...named].sort()).toEqual(found.sort());
    // Every route is loaded here, which takes its time on a busy machine.
  }, 60_000);
});

describe("nobody", () => {
  it.each(only((entry) => entry.access !== "public"))("is refused: %s", async (_, entry) => {
    const before = await dump();
    const { status, text } = await callRoute(openBrowser(), entry, ownersIds());
    expect(status).toBe(401);
    expect(text).not.toContain(canary);
    expect(await dump()).toBe(before);
  });
});

describe("a member", () => {
  it.each(only((entry) => entry.access === "admin"))("is refused: %s", async (_, entry) => {
    const browser = await browserOf(await makeUser());
    const before = await dump();
    const { status, text } = await callRoute(browser, entry, randomIds());
    expect(status).toBe(403);
    expect(text).not.toContain("Nowhere");
    expect(await dump()).toBe(before);
  });
});

describe("another user, an admin too,", () => {
  it.each(
    only(({ resource }) => ["conversation", "message", "attachment"].includes(resource ?? "")),
  )("finds nothing of the owner's: %s", async (_, entry) => {
    for (const role of ["member", "admin"] as const) {
      const browser = await browserOf(await makeUser({ role }));
      const before = await dump();
      const real = await callRoute(browser, entry, ownersIds());
      const random = await callRoute(browser, entry, randomIds());
      expect(real.status).toBe(entry.forOthers === "empty" ? 200 : 404);
      expect(real.text).not.toContain(canary);
      // What exists looks like what does not, unless a new conversation may be started there.
      const isSame = random.status !== 200 || entry.forOthers === "empty";
      if (isSame) expect(real).toEqual(random);
      await waitForQuiet();
      expect(await dumpOfOwner()).toBe(await dumpOfOwner(before));
    }
  });

  it("sees none of the owner's conversations in lists", async () => {
    const entry = { path: "conversations", method: "GET", access: "user", resource: null } as const;
    const { text } = await callRoute(await browserOf(await makeUser()), entry, randomIds());
    expect(JSON.parse(text)).toEqual({ conversations: [], cursor: null });
  });
});

/** The owner's rows, now or as they were in an earlier dump. */
async function dumpOfOwner(earlier?: string): Promise<string> {
  const [conversations, messages] = JSON.parse(earlier ?? (await dump())) as [
    { userId: string }[],
    { conversationId: string }[],
  ];
  return JSON.stringify([
    conversations.filter((row) => row.userId === owner.userId),
    messages.filter((row) => row.conversationId === conversationId),
  ]);
}

/** Until the answers to conversations of one's own have failed at the provider that isn't there. */
async function waitForQuiet(): Promise<void> {
  await expect.poll(() => db().message.count({ where: { status: "streaming" } })).toBe(0);
}
