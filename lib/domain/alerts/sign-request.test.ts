import { describe, expect, it } from "vitest";
import { signDingtalkUrl, signFeishu, signWebhook } from "./sign-request";

// The expected values were computed with Python's hmac module, after each service's description.
describe("signatures", () => {
  it("go into DingTalk's address, beside its token", () => {
    const address = "https://oapi.dingtalk.com/robot/send?access_token=abc";
    const signed = signDingtalkUrl(address, "this is secret", 1577262236757);
    expect(signed).toBe(
      `${address}&timestamp=1577262236757&sign=hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D`,
    );
  });

  it("go into Feishu's body, over nothing", () => {
    expect(signFeishu("demo", 1599360473999)).toEqual({
      timestamp: "1599360473",
      sign: "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=",
    });
  });

  it("of our own cover the time and the body", () => {
    const sign = (secret: string, body: string, nowMs = 1_700_000_000_000) =>
      signWebhook(secret, body, nowMs);
    expect(sign("whsec_demo", '{"id":"a"}')).toBe(
      "t=1700000000,v1=6f22d3b408eabee57070bf8495a171dbe1c5fadfe71032648bf62e02af014938",
    );
    const others = [
      sign("another", '{"id":"a"}'),
      sign("whsec_demo", '{"id":"b"}'),
      sign("whsec_demo", '{"id":"a"}', 1_700_000_001_000),
    ];
    for (const other of others)
      expect(other).not.toContain(
        "6f22d3b408eabee57070bf8495a171dbe1c5fadfe71032648bf62e02af014938",
      );
  });
});
