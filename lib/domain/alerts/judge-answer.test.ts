import { describe, expect, it } from "vitest";
import { judgeAnswer } from "./judge-answer";

const ok = (body: string) => ({ status: 200, body });

describe("what an answer means", () => {
  it.each([
    ["dingtalk", '{"errcode":0,"errmsg":"ok"}'],
    ["wecom", '{"errcode":0,"errmsg":"ok"}'],
    ["feishu", '{"code":0,"msg":"success","data":{}}'],
    ["feishu", '{"StatusCode":0,"StatusMessage":"success"}'],
    ["slack", "ok"],
    ["webhook", ""],
    ["webhook", "<html>thanks</html>"],
  ] as const)("%s has taken it: %s", (kind, body) => {
    expect(judgeAnswer(kind, ok(body))).toBeNull();
  });

  it.each([
    ["dingtalk", '{"errcode":310000,"errmsg":"sign not match"}'],
    ["dingtalk", '{"errcode":130101,"errmsg":"send too fast"}'],
    ["wecom", '{"errcode":93000,"errmsg":"invalid webhook url"}'],
    ["feishu", '{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}'],
    ["feishu", '{"code":19024,"msg":"Key Words Not Found","StatusCode":0}'],
  ] as const)("%s has refused it in a 200: %s", (kind, body) => {
    expect(judgeAnswer(kind, ok(body))).toBe("refused");
  });

  it.each([
    ["dingtalk", "<html>a portal</html>"],
    ["dingtalk", '{"code":0}'],
    ["wecom", "null"],
    ["feishu", "[]"],
    ["feishu", '{"code":"0"}'],
    ["slack", "<html>"],
    ["slack", ""],
  ] as const)("%s would not answer so: %s", (kind, body) => {
    expect(judgeAnswer(kind, ok(body))).toBe("bad_answer");
  });

  it("tells what was refused from what went wrong", () => {
    const judge = (status: number) => judgeAnswer("slack", { status, body: "ok" });
    expect([400, 401, 403, 404, 410].map(judge)).toEqual(Array(5).fill("refused"));
    expect([408, 425, 429, 500, 502, 503, 301].map(judge)).toEqual(Array(7).fill("bad_status"));
    expect(judge(201)).toBeNull();
  });
});
