import { expect, it } from "vitest";
import { bestVerdict } from "./best-verdict";

it("several models can what one of them can, and can't what none of them can", () => {
  expect(bestVerdict(["no", "yes"])).toBe("yes");
  expect(bestVerdict(["no", "unknown"])).toBe("unknown");
  expect(bestVerdict(["no", "no"])).toBe("no");
  expect(bestVerdict([])).toBe("unknown");
});
