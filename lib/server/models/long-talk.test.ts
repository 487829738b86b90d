import { expect, it } from "vitest";
import { MixedTexts } from "@/e2e/fixtures/mixed-texts";
import { plainBranchContext, type ContextPolicy } from "@/lib/contracts/context";
import { countText } from "@/lib/domain/tokens/count-text";
import type { ContextMessage } from "./call-context";
import { testModel, useCalls } from "./testing-calls";

const { calls, call } = useCalls();

const policies: ContextPolicy[] = [
  { kind: "rounds", rounds: 10, tokens: 4_000 },
  { kind: "rounds", rounds: 200, tokens: 4_000 },
  { kind: "tokens", rounds: 10, tokens: 3_000 },
  { kind: "window", rounds: 10, tokens: 4_000 },
];

/** What each model counts is known to it alone; the windows are those of its card. */
const windows = ["2000", "4000c", "8000", "12000c", "16000"];

it("a talk of every kind of text is never too long for any of its models", async () => {
  const texts = new MixedTexts(Number(process.env["TALK_SEED"] ?? 7));
  const models = windows.map((window) =>
    testModel(`brief@${window}`, calls.provider.url, { contextWindow: parseInt(window, 10) }),
  );
  const branch: ContextMessage[] = [];
  const add = (role: "user" | "assistant", text: string) =>
    branch.push({ id: `m${String(branch.length)}`, role, text, counts: countText(text) });
  let model = texts.pick(models);
  let policy = texts.pick(policies);
  let parameters = {};
  const refused: string[] = [];
  for (let number = 1; number <= 250; number += 1) {
    if (texts.draw() < 0.1) {
      model = texts.pick(models);
      policy = texts.pick(policies);
      parameters = texts.pick([{}, { maxOutputTokens: 400 }, { maxOutputTokens: 100_000 }]);
    }
    add("user", texts.write(number));
    const result = await call("", {
      targets: [model],
      parameters,
      context: {
        system: "Be brief.",
        summary: null,
        branch,
        isWhole: true,
        newestCount: 1,
        policy,
        context: plainBranchContext,
        toolTokens: 0,
      },
    });
    expect([number, result.finish, result.failure]).toEqual([number, "stop", null]);
    if (result.attempts.length > 1) refused.push(`${String(number)} ${model.name} ${policy.kind}`);
    add("assistant", result.text);
  }
  expect(refused).toEqual([]);
}, 60_000);
