import { expect, it } from "vitest";
import { requestContinuation } from "./continuation-request";

it("asks in the language of the answer", () => {
  const [english, chinese] = [
    requestContinuation("It is a long"),
    requestContinuation("这是一个很长的"),
  ];
  expect(english).toMatch(/cut off/);
  expect(chinese).toMatch(/截断/);
  expect(requestContinuation("用 `planContext()` 重建历史，窗口大小由 windowRounds 决定，")).toBe(
    chinese,
  );
  expect(requestContinuation("The word 你好 means")).toBe(english);
  expect(requestContinuation("スライディングウィンドウとは、最近の会話")).toBe(english);
  expect(requestContinuation("")).toBe(english);
});
