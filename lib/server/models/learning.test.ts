import { describe, expect, it } from "vitest";
import type { PromptImage } from "./prompt-message";
import { currentCalibration } from "./calibrations";
import { fixedContext } from "./call-context";
import { testModel, useCalls } from "./testing-calls";

const { calls, call } = useCalls();

const chinese = "潮汐是由月球和太阳的引力引起的，大多数海岸每天会有两次涨潮和两次落潮。".repeat(30);

const ask = (model: ReturnType<typeof testModel>, images: PromptImage[] = []) =>
  call("", {
    targets: [model],
    context: fixedContext([{ role: "user", text: chinese, images }]),
  });

describe("the gate", () => {
  it("plans the next prompt by what the provider reported of the last", async () => {
    const model = testModel("brief@64000c", calls.provider.url, { id: "hungry" });
    const first = await ask(model);
    const second = await ask(model);
    const [counted = 0, reported = 0] = [first, second].map(
      ({ attempts }) => attempts[0]?.usage?.inputTokens,
    );
    expect(counted).toBe(reported);
    const planned = ({ asked }: typeof first) => asked[0]?.sent.inputTokens ?? 0;
    // Twice as many as anybody would expect.
    expect(planned(first)).toBeLessThan(reported * 0.7);
    expect(planned(second)).toBeGreaterThan(reported * 0.98);
    expect(planned(second)).toBeLessThan(reported * 1.1);
  });

  it("learns nothing where images are part of the prompt", async () => {
    const model = testModel("brief@64001c", calls.provider.url, {
      id: "seeing",
      card: { capabilities: { vision: "yes" }, parameters: {}, fixed: [] },
    });
    const image: PromptImage = {
      mediaType: "image/png",
      size: { width: 512, height: 512 },
      readBytes: () => Promise.resolve(new Uint8Array([137, 80, 78, 71])),
    };
    await ask(model, [image]);
    expect(currentCalibration(model).reports).toBe(0);
    await ask(model);
    expect(currentCalibration(model).reports).toBe(1);
  });
});
