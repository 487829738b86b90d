import { describe, expect, it } from "vitest";
import { errorCodes } from "@/lib/contracts/errors";
import en from "@/messages/en/parameters.json";
import zh from "@/messages/zh-CN/parameters.json";
import { readFailoverReason } from "./failover-reason";

describe("why another model answers", () => {
  it("is told apart where it matters to whoever reads it", () => {
    expect(readFailoverReason("provider_unreachable")).toBe("unreachable");
    expect(readFailoverReason("provider_timeout")).toBe("slow");
    expect(readFailoverReason("provider_rate_limited")).toBe("busy");
    expect(readFailoverReason("provider_resting")).toBe("resting");
    expect(readFailoverReason("provider_out_of_credit")).toBe("credit");
    expect(readFailoverReason("provider_rejected")).toBe("other");
  });

  it.each([
    ["en", en],
    ["zh-CN", zh],
  ])("has words for every reason in %s", (_, { failover }) => {
    for (const reason of new Set(errorCodes.map(readFailoverReason)))
      for (const sentence of [failover.line, failover.lineLive, failover.reason])
        expect(sentence).toContain(` ${reason} {`);
  });
});
