import { afterEach, describe, expect, it, vi } from "vitest";
import { logger } from "../logger";
import type { StoredConfig } from "./channel-config";
import type { Dispatch } from "./make-request";
import { sendMessage } from "./send-message";
import { useReceivers } from "./testing-receiver";

const receivers = useReceivers();
afterEach(() => {
  vi.restoreAllMocks();
});

const dispatch: Dispatch = {
  deliveryId: "delivery-1",
  message: { title: "T", lines: ["Line."], link: { text: "Look", href: "https://chat.example" } },
  locale: "en",
  alert: null,
};

const send = (config: StoredConfig) => sendMessage(config, dispatch);
const slackAt = (url: string) => send({ kind: "slack", url });
const failed = { isDelivered: false, httpStatus: null, retryAfterMs: null };

describe("a message that does not arrive", () => {
  it("because the address is private is never sent", async () => {
    for (const url of ["https://10.0.0.1/x", "https://[fd00::1]/x", "http://169.254.169.254/x"])
      expect(await slackAt(url)).toEqual({ ...failed, failure: "address_refused" });
  });

  it("because it is redirected goes nowhere else", async () => {
    const [receiver, other] = [await receivers.start(), await receivers.start()];
    for (const status of [301, 302, 307, 308]) {
      receiver.answers.push({ status, headers: { location: other.url } });
      expect(await slackAt(receiver.url)).toEqual({ ...failed, failure: "bad_status" });
    }
    expect(other.received).toEqual([]);
  });

  it("because nobody is there, or answers in time, says which", async () => {
    const receiver = await receivers.start();
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => timeout(Math.min(ms, 200)));
    receiver.answers.push(null);
    expect(await slackAt(receiver.url)).toEqual({ ...failed, failure: "timeout" });
    await receiver.close();
    expect(await slackAt(receiver.url)).toEqual({ ...failed, failure: "unreachable" });
  });

  it("because of an answer without end is not read to its end", async () => {
    const receiver = await receivers.start();
    receiver.answers.push({ body: "o".repeat(1_000_000) });
    expect(await slackAt(receiver.url)).toMatchObject({ httpStatus: 200, failure: "bad_answer" });
  });

  it("because it came too often says how long to wait", async () => {
    const receiver = await receivers.start();
    receiver.answers.push({ status: 429, headers: { "retry-after": "30" } });
    expect(await slackAt(receiver.url)).toEqual({
      ...{ isDelivered: false, httpStatus: 429, failure: "bad_status", retryAfterMs: 30_000 },
    });
  });
});

it("a message is POSTed as JSON to the whole address, token and all", async () => {
  const receiver = await receivers.start();
  receiver.answers.push({ body: "ok" });
  expect(await slackAt(receiver.url)).toEqual({ isDelivered: true, httpStatus: 200 });
  expect(receiver.received).toMatchObject([
    {
      url: "/hook?access_token=CANARY-TOKEN",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify({ text: "*T*\nLine.\n<https://chat.example|Look>" }),
    },
  ]);
});

it("the signature of DingTalk stands beside the token", async () => {
  const receiver = await receivers.start();
  receiver.answers.push({ body: '{"errcode":0}' });
  await send({ kind: "dingtalk", url: receiver.url, secret: "SEC" });
  expect(receiver.received[0]?.url).toMatch(
    /^\/hook\?access_token=CANARY-TOKEN&timestamp=\d{13}&sign=[\w%.~-]+$/,
  );
});

it("nothing of an address or an answer is logged", async () => {
  const lines: unknown[] = [];
  for (const level of ["info", "warn", "error", "debug"] as const)
    vi.spyOn(logger(), level).mockImplementation((...line: unknown[]) => lines.push(line));
  const receiver = await receivers.start();
  receiver.answers.push({ status: 500, body: "CANARY" }, { body: "CANARY" });
  await slackAt(receiver.url);
  await slackAt(receiver.url);
  await slackAt("https://10.0.0.1/CANARY");
  expect(JSON.stringify(lines)).not.toContain("CANARY");
});
