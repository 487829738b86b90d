import { expect, it } from "vitest";
import { shortenName } from "./shorten-name";

it("leaves alone what fits", () => {
  expect(shortenName("gpt-4o-mini", 11)).toBe("gpt-4o-mini");
  expect(shortenName("通义千问", 8)).toBe("通义千问");
});

it("cuts in the middle, so that models of a family stay apart", () => {
  expect(shortenName("meta-llama/Llama-3.1-8B-Instruct", 15)).toBe("meta-ll…nstruct");
  expect(shortenName("关于港口费用的一次很长的会话", 13)).toBe("关于港…的会话");
});
