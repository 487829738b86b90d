import { randomUUID } from "node:crypto";
import type { ContextPolicy } from "@/lib/contracts/context";
import { AnswerReader } from "./fixtures/answer-reader";
import type { ApiClient } from "./fixtures/api-client";
import type { App } from "./fixtures/app";
import { MixedTexts } from "./fixtures/mixed-texts";
import { expect, test } from "./fixtures/test";
import type { ReceivedRequest } from "./provider/received";

/** Windows in the models' own tokens, and by how much they count more than others. */
const windows = ["2000", "4000c", "6000", "8000c", "16000", "24000"];

/** How many turns each conversation has; they are written side by side. */
const lengths = [1_000, 400, 300, 300];
const turnCount = lengths.reduce((sum, length) => sum + length, 0);

const policies: ContextPolicy[] = [
  { kind: "rounds", rounds: 10, tokens: 4_000 },
  { kind: "rounds", rounds: 200, tokens: 4_000 },
  { kind: "tokens", rounds: 10, tokens: 3_000 },
  { kind: "tokens", rounds: 10, tokens: 20_000 },
  { kind: "window", rounds: 10, tokens: 4_000 },
];

type Seen = { tooLong: ReceivedRequest[]; requests: number };

// A minute on a machine with nothing else to do.
test.describe.configure({ timeout: 240_000 });

test("two thousand turns of every kind are never too long for anybody", async ({ startApp }) => {
  const app = await startApp({ isConnected: true, env: { SIGNUP: "open" } });
  await connectWindows(app);
  const seen: Seen = { tooLong: [], requests: 0 };
  const startedMs = performance.now();
  await Promise.all(
    lengths.map((length, index) => converse(app, app.admin, { length, seed: index + 1, seen })),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  collect(app, seen);
  test.info().annotations.push({
    type: "figures",
    description: `${String(turnCount)} turns, ${String(seen.requests)} requests, ${seconds.toFixed(1)} s`,
  });
  expect(seen.tooLong.map(({ model }) => model)).toEqual([]);
  // One request for each turn: nothing was cut again, and nothing tried again.
  expect(seen.requests).toBe(turnCount);
});

/** Four models of each window, so that no two conversations learn from each other. */
async function connectWindows(app: App): Promise<void> {
  const models = lengths.flatMap((_, index) =>
    windows.map((window) => `brief@${window}~${String(index + 1)}`),
  );
  await app.addProvider({ name: "Windows", baseUrl: app.provider.url, models });
  for (const model of models) {
    const contextWindow = Number(/@(\d+)/.exec(model)?.[1]);
    await app.admin.send("PATCH", `/api/admin/models/${app.modelId(model)}`, { contextWindow });
  }
}

type Talk = { length: number; seed: number; seen: Seen };

/** One conversation, from turn to turn; model, policy and limit of the answer change on the way. */
async function converse(app: App, api: ApiClient, { length, seed, seen }: Talk): Promise<void> {
  const texts = new MixedTexts(seed);
  const id = randomUUID();
  let model = texts.pick(windows);
  for (let number = 1; number <= length; number += 1) {
    const isChange = texts.draw() < 0.1;
    if (isChange) model = texts.pick(windows);
    const settings = isChange
      ? {
          contextPolicy: texts.pick(policies),
          parameters: texts.pick([null, { maxOutputTokens: 500 }, { maxOutputTokens: 100_000 }]),
        }
      : undefined;
    const response = await api.request("POST", "/api/chat", {
      id,
      message: {
        id: randomUUID(),
        role: "user",
        parts: [{ type: "text", text: texts.write(number) }],
      },
      model: app.modelId(`brief@${model}~${String(seed)}`),
      ...(settings === undefined ? {} : { settings }),
    });
    const reader = new AnswerReader(response);
    await reader.ended;
    const { status, errorCode, plan } = reader.metadata ?? {};
    expect({ number, model, status, errorCode, isCutAgain: plan?.isCutAgain }).toEqual({
      number,
      model,
      status: "complete",
      errorCode: null,
      isCutAgain: false,
    });
    // The book of what was received would hold every prompt.
    if (number % 50 === 0) collect(app, seen);
  }
}

function collect(app: App, seen: Seen): void {
  const requests = app.provider.requests();
  seen.requests += requests.length;
  seen.tooLong.push(...requests.filter(({ isTooLong }) => isTooLong));
  app.provider.forget();
}
