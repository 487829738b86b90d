import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import type { App } from "./fixtures/app";
import { readMessagesOf, textOf } from "./fixtures/conversation";
import { findFreePort, ServerProcess } from "./fixtures/server-process";
import { expect, test as base } from "./fixtures/test";

const test = base.extend<{ ownApp: App }>({
  ownApp: [
    async ({ startApp }, use) => {
      await use(await startApp({ isConnected: true }));
    },
    { timeout: 90_000 },
  ],
});

test("says that it is alive and ready, and nothing about itself", async ({ app }) => {
  for (const route of ["/api/health", "/api/ready"]) {
    const response = await fetch(app.url + route);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-powered-by")).toBeNull();
    expect(await response.text()).not.toMatch(/\d+\.\d+|localhost|127\.0\.0\.1|\/tmp/);
  }
});

test("has an icon for browsers that ask for it by its oldest name", async ({ app }) => {
  const response = await fetch(`${app.url}/favicon.ico`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("icon");
});

test("prints where it listens, where the data lies and what to do next", async ({ ownApp }) => {
  await expect.poll(() => ownApp.process.output).toContain(ownApp.url);
  expect(ownApp.process.output).toContain(ownApp.dataDir);
});

test("a second process on the same data directory is refused with a sentence", async ({
  ownApp,
}) => {
  const port = String(await findFreePort());
  const second = new ServerProcess({ ...ownApp.env, PORT: port });
  const exit = await second.exited;
  expect(exit.code).toBe(1);
  expect(second.output).toMatch(/Parley did not start\. .+\./);
  expect(second.output).not.toMatch(/^\s+at /m);
  expect((await fetch(`${ownApp.url}/api/ready`)).status).toBe(200);
});

test("a wrong environment variable is named in a sentence", async () => {
  const started = new ServerProcess({ PORT: String(await findFreePort()), SIGNUP: "sometimes" });
  expect((await started.exited).code).toBe(1);
  expect(started.output).toContain("SIGNUP");
  expect(started.output).not.toMatch(/^\s+at /m);
});

test("kill -9 during writes loses nothing that was acknowledged", async ({ ownApp }) => {
  await ownApp.play("plain");
  const acknowledged: { conversationId: string; text: string }[] = [];
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let number = 1; ; number += 1) {
      const conversationId = randomUUID();
      const text = `Message ${String(number)} of writer ${String(writer)}`;
      // The stream's first byte is the acknowledgement: the message is committed before it.
      const response = await ownApp.admin.postTurn(text, { conversationId });
      const reader = response.body?.getReader();
      await reader?.read();
      acknowledged.push({ conversationId, text });
      while (!(await reader?.read())?.done);
    }
  });
  const ended = Promise.allSettled(writers);
  await expect.poll(() => acknowledged.length).toBeGreaterThan(20);
  await ownApp.process.stop("SIGKILL");
  await ended;
  await ownApp.start();
  for (const { conversationId, text } of acknowledged) {
    const messages = await readMessagesOf(ownApp.admin, conversationId);
    expect(textOf(messages[0])).toBe(text);
    expect(["complete", "interrupted", "failed"]).toContain(messages[1]?.status);
  }
});

test("an answer that a killed server left behind is marked, not left streaming", async ({
  ownApp,
}) => {
  await ownApp.play("gate");
  const conversationId = randomUUID();
  const answer = await ownApp.admin.postTurn("Go on.", { conversationId });
  await answer.body?.getReader().read();
  const stored = async () => textOf((await readMessagesOf(ownApp.admin, conversationId))[1]);
  await expect.poll(stored).toContain("The first half is here.");
  await ownApp.restart("SIGKILL");
  const messages = await readMessagesOf(ownApp.admin, conversationId);
  expect(messages.map((message) => message.status)).toEqual(["complete", "interrupted"]);
});

test("SIGTERM keeps what came of a live answer and ends with 0", async ({ ownApp }) => {
  await ownApp.play("gate");
  const conversationId = randomUUID();
  const answer = await ownApp.admin.postTurn("Go on.", { conversationId });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let seen = ""; !seen.includes("here."); seen += (await reader?.read())?.value ?? "");
  expect(await ownApp.process.stop("SIGTERM")).toEqual({ code: 0, signal: null });
  await ownApp.start();
  const messages = await readMessagesOf(ownApp.admin, conversationId);
  expect(messages[1]?.status).toBe("interrupted");
  expect(textOf(messages[1])).toContain("The first half is here.");
});

test("every page has a strict policy with a nonce of its own", async ({ app }) => {
  const read = async () => {
    const response = await fetch(`${app.url}/sign-in`);
    const policy = response.headers.get("content-security-policy") ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    return { response, policy, nonce, html: await response.text() };
  };
  const [first, second] = [await read(), await read()];
  expect(first.nonce).not.toBe("");
  expect(first.nonce).not.toBe(second.nonce);
  expect(first.policy).toContain("default-src 'self'");
  expect(first.policy).toContain("object-src 'none'");
  expect(first.policy).toContain("frame-ancestors 'none'");
  expect(first.policy).not.toMatch(/script-src[^;]*'unsafe/);
  const scripts = first.html.match(/<script\b[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(script).toContain(`nonce="${first.nonce}"`);
  const { headers } = first.response;
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).not.toBeNull();
  expect(headers.get("permissions-policy")).not.toBeNull();
  expect(headers.get("x-powered-by")).toBeNull();
});

test("a body that is too large is refused before it is read", async ({ app, member }) => {
  const large = await member.api.request("POST", "/api/chat", { text: "x".repeat(3_000_000) });
  expect(large.status).toBe(413);
  const session = member.api.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const socket = connect(Number(new URL(app.url).port), "127.0.0.1");
  // A hundred megabytes are only announced: the answer must not wait for them.
  socket.write(
    `POST /api/chat HTTP/1.1\r\nHost: ${new URL(app.url).host}\r\nCookie: ${session}\r\n` +
      "Content-Type: application/json\r\nContent-Length: 100000000\r\n\r\n{",
  );
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
});

test("another site's page can change nothing with the user's cookie", async ({ member }) => {
  const attacks: { headers: Record<string, string>; status: number }[] = [
    { headers: { origin: "https://evil.example.com" }, status: 403 },
    { headers: { "sec-fetch-site": "cross-site" }, status: 403 },
    { headers: { "content-type": "text/plain" }, status: 415 },
  ];
  for (const { headers, status } of attacks) {
    const response = await member.api.fetch("/api/me", {
      method: "PATCH",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ name: "stolen" }),
    });
    expect(response.status).toBe(status);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  }
  expect(await member.api.read<{ name: string }>("/api/me")).toMatchObject({ name: member.name });
});

test("unknown keys, wrong types and odd characters are answered, never with 500", async ({
  app,
  member,
}) => {
  await app.play("plain");
  const conversationId = await member.api.completeTurn("before\u0000after \ud83d");
  const [message] = await readMessagesOf(member.api, conversationId);
  expect(textOf(message)).toBe("beforeafter \ufffd");
  const bodies = [null, [], "text", { id: 7 }, { id: conversationId, surprise: true }];
  for (const body of bodies) {
    expect((await member.api.request("POST", "/api/chat", body)).status).toBe(400);
  }
});

test("a provider's key is told to nobody, and lies in no file in the clear", async ({ ownApp }) => {
  const providers = await (await ownApp.admin.request("GET", "/api/admin/providers")).text();
  expect(providers).toContain('"hasKey":true');
  expect(providers).not.toContain("sk-test");
  await ownApp.process.stop();
  const entries = readdirSync(ownApp.dataDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const revealing = files.filter((file) => {
    const content = readFileSync(path.join(file.parentPath, file.name));
    return content.includes("sk-test") || content.includes("correct horse battery");
  });
  expect(files.length).toBeGreaterThan(10);
  expect(revealing.map(({ name }) => name)).toEqual([]);
});

test("no secret and no text of a message is in the log", async ({ ownApp }) => {
  await ownApp.play("error-401");
  await ownApp.admin.completeTurn("The canary sings at midnight.");
  await ownApp.play("plain");
  await ownApp.admin.completeTurn("The canary sings at noon.");
  await ownApp.process.stop();
  expect(ownApp.process.output).not.toContain("canary");
  expect(ownApp.process.output).not.toContain("sk-test");
  expect(ownApp.process.output).not.toContain("correct horse battery");
});
