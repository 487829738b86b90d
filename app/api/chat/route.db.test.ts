import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ErrorBody } from "@/lib/contracts/errors";
import { openBrowser, type Browser } from "@/lib/server/auth/testing-browser";
import { sessionCookieName } from "@/lib/server/auth/session-cookie";
import { writeSessionToken } from "@/lib/server/auth/session-token";
import { db } from "@/lib/server/db/client";
import { newId } from "@/lib/server/ids";
import { useTurns } from "@/lib/server/turn/testing-turns";
import { POST } from "./route";

vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

const { turns } = useTurns();

let browser: Browser;

beforeEach(async () => {
  browser = openBrowser();
  const token = await writeSessionToken({ userId: turns.actor.userId, version: 0 });
  browser.jar.set(sessionCookieName(), token);
});

const post = (text: string, extra: object = {}) =>
  browser.call(POST, "/api/chat", {
    method: "POST",
    body: {
      id: newId(),
      message: { id: newId(), role: "user", parts: [{ type: "text", text }] },
      ...extra,
    },
  });

const setWindow = (contextWindow: number) => db().model.updateMany({ data: { contextWindow } });

describe("a message that does not fit, not even alone with the system prompt,", () => {
  const settings = { systemPrompt: "Answer in the style of a ship's log. ".repeat(200) };

  it("is refused with its figures, and nothing is stored or sent", async () => {
    await setWindow(1_000);
    const response = await post("Hello", { settings });
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as ErrorBody;
    expect(error.code).toBe("context_too_long");
    expect(error.details?.["tokens"]).toBeGreaterThan(Number(error.details?.["limit"]));
    expect(error.details?.["limit"]).toBeLessThan(1_000);
    expect(await db().message.count()).toBe(0);
    expect(await db().conversation.count()).toBe(0);
    expect(turns.provider.requests()).toEqual([]);
  });

  it("is refused by the system prompt that is stored, the conversation's or one's own", async () => {
    await setWindow(1_000);
    const id = newId();
    const { userId } = turns.actor;
    await db().conversation.create({ data: { id, userId, title: "T", ...settings } });
    expect((await post("Hello", { id })).status).toBe(400);
    await db().user.update({ where: { id: userId }, data: settings });
    expect((await post("Hello")).status).toBe(400);
    const own = await post("Hello", { settings: { systemPrompt: "Be brief." } });
    expect(own.status).toBe(200);
    await own.text();
  });

  it("is sent where another model of the alias has the room", async () => {
    await setWindow(1_000);
    const { id: aliasId } = await db().alias.findFirstOrThrow();
    const { providerId } = await db().model.findFirstOrThrow();
    const larger = { id: newId(), providerId, name: "echo", label: "Larger" };
    await db().model.create({ data: { ...larger, contextWindow: 30_000 } });
    await db().aliasTarget.create({ data: { aliasId, modelId: larger.id, position: 1 } });
    const response = await post("Hello", { settings });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("Larger");
    expect(turns.provider.requests()).toHaveLength(1);
  });

  it("is shortened, and sent, where it is only the message that is long", async () => {
    await setWindow(2_000);
    const response = await post("A long way to go. ".repeat(2_000));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('"complete"');
  });
});
