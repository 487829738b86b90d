import { expect, it } from "vitest";
import { judgeModel, type ModelFigures } from "./model-state";

const well: ModelFigures = {
  isEnabled: true,
  breaker: "closed",
  hasNoKey: false,
  lastCalls: 10,
  lastFailures: 0,
  firstTokenMs: 400,
};

it("names the gravest of what is wrong with a model", () => {
  const grave: [Partial<ModelFigures>, string][] = [
    [{ isEnabled: false }, "off"],
    [{ breaker: "open" }, "resting"],
    [{ hasNoKey: true }, "aside"],
    [{ lastFailures: 6 }, "failing"],
    [{ firstTokenMs: 8_001 }, "slow"],
    [{}, "ok"],
  ];
  let figures = well;
  for (const [worse, state] of grave.toReversed()) {
    figures = { ...figures, ...worse };
    expect(judgeModel(figures)).toBe(state);
  }
  expect(judgeModel({ ...well, breaker: "probing" })).toBe("resting");
  expect(judgeModel({ ...well, lastFailures: 5 })).toBe("ok");
  expect(judgeModel({ ...well, lastCalls: 0, firstTokenMs: null })).toBe("unknown");
});
