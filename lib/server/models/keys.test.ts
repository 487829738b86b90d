import { beforeEach, describe, expect, it } from "vitest";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { SealedKey } from "../db/aliases";
import { seal } from "../secrets/seal";
import { ProviderWithKeys } from "./testing-keys";
import { makePolicy, testModel, useCalls } from "./testing-calls";

const { calls, call } = useCalls();

type Aside = { keyId: string; code: ErrorCode; isForGood: boolean };

let aside: Aside[];
let cleared: string[];
let noted: ErrorCode[];
let keyed: ProviderWithKeys;

beforeEach(async () => {
  aside = [];
  cleared = [];
  noted = [];
  calls.policy = makePolicy({
    setKeyAside: (keyId, { code, until }) => aside.push({ keyId, code, isForGood: until === null }),
    clearKeyAside: (keyId) => cleared.push(keyId),
    noteRefusal: (_modelId, code) => noted.push(code),
  });
  keyed = await ProviderWithKeys.start();
  return () => keyed.close();
});

const sealed = (id: string, owner: SealedKey["owner"] = "instance"): SealedKey => ({
  id,
  owner,
  sealed: seal(`sk-canary-${id}`, { purpose: "provider-key", rowId: id }),
});

const modelWith = (...keys: SealedKey[]) =>
  testModel("plain", keyed.url, { provider: { id: "keyed", keys } });

describe("several keys of a provider", () => {
  it("are used in turn", async () => {
    const model = modelWith(sealed("a"), sealed("b"), sealed("c"));
    for (let turn = 0; turn < 6; turn += 1) await call("", { targets: [model] });
    expect(keyed.seen).toEqual(["a", "b", "c", "a", "b", "c"]);
    expect(aside).toEqual([]);
  });

  it.each<[string, "refuse" | "no_credit" | "no_quota", ErrorCode, boolean]>([
    ["refused", "refuse", "provider_key_refused", true],
    ["without credit", "no_credit", "provider_out_of_credit", false],
    ["without quota", "no_quota", "provider_out_of_credit", false],
  ])("go on without one that is %s, which is set aside", async (_, fault, code, isForGood) => {
    keyed.play("a", fault);
    const model = modelWith(sealed("a"), sealed("b"), sealed("c"));
    const result = await call("", { targets: [model] });
    expect([result.text, result.events.filter(({ type }) => type === "waiting")]).toEqual([
      "Hello",
      [],
    ]);
    expect(result.attempts.map(({ keyId, outcome }) => [keyId, outcome])).toEqual([
      ["a", "failed"],
      ["b", "answered"],
    ]);
    expect(aside).toEqual([{ keyId: "a", code, isForGood }]);
    // No admin has to hear of it: another key works.
    expect(noted).toEqual([]);
    // Calls that began before it was stored use the others first.
    for (let turn = 0; turn < 4; turn += 1) await call("", { targets: [model] });
    expect(keyed.seen.slice(2)).not.toContain("a");
    expect(calls.policy.breaker.isResting(model.id)).toBe(false);
  });

  it("go on with another one when one is at its limit, and leave that alone for a while", async () => {
    keyed.play("a", "limit");
    const model = modelWith(sealed("a"), sealed("b"));
    for (let turn = 0; turn < 3; turn += 1)
      expect((await call("", { targets: [model] })).text).toBe("Hello");
    expect(keyed.seen).toEqual(["a", "b", "b", "b"]);
    expect(aside).toEqual([]);
  });

  it("wait as the policy says when all are at their limits", async () => {
    keyed.play("a", "limit");
    keyed.play("b", "limit");
    const result = await call("", { targets: [modelWith(sealed("a"), sealed("b"))] });
    expect(result.failure?.code).toBe("provider_rate_limited");
    expect(keyed.seen).toEqual(["a", "b"]);
  });

  it("fail over when all are refused", async () => {
    keyed.play("a", "refuse");
    keyed.play("b", "refuse");
    const second = testModel("plain", calls.provider.url, { provider: { id: "second" } });
    const model = modelWith(sealed("a"), sealed("b"));
    const result = await call("", { targets: [model, second] });
    expect(result.text).toBe("You said: Hello");
    expect(result.asked[1]?.failover?.skipped).toMatchObject([
      { errorCode: "provider_key_refused" },
    ]);
    expect(result.attempts.map(({ keyId }) => keyId)).toEqual(["a", "b", null]);
    expect(noted).toEqual(["provider_key_refused"]);
  });

  it("are put back into use by a success", async () => {
    const model = modelWith({ ...sealed("a"), isAside: true });
    await call("", { targets: [model] });
    expect(cleared).toEqual(["a"]);
  });

  it("are told of where there is only one, too, which goes on being used", async () => {
    keyed.play("a", "refuse");
    const result = await call("", { targets: [modelWith(sealed("a"))] });
    expect(result.failure?.code).toBe("provider_key_refused");
    expect(aside).toEqual([{ keyId: "a", code: "provider_key_refused", isForGood: true }]);
    expect(noted).toEqual(["provider_key_refused"]);
  });
});

describe("a member's own key", () => {
  it("that is refused is said to be theirs, is marked, and never makes the model rest", async () => {
    keyed.play("mine", "refuse");
    const model = modelWith(sealed("mine", "member"));
    for (let turn = 0; turn < 8; turn += 1) {
      const { failure, attempts } = await call("", { targets: [model] });
      expect(failure?.code).toBe("own_key_refused");
      expect(attempts).toMatchObject([{ errorCode: "own_key_refused", httpStatus: 401 }]);
    }
    expect(aside[0]).toEqual({ keyId: "mine", code: "own_key_refused", isForGood: true });
    expect(calls.policy.breaker.isResting(model.id)).toBe(false);
    expect(keyed.seen).toHaveLength(8);
    expect(noted).toEqual([]);
  });

  it("that is refused lets another model answer", async () => {
    keyed.play("mine", "no_credit");
    const second = testModel("plain", calls.provider.url, { provider: { id: "second" } });
    const result = await call("", { targets: [modelWith(sealed("mine", "member")), second] });
    expect(result.text).toBe("You said: Hello");
    expect(result.asked[1]?.failover?.skipped[0]?.errorCode).toBe("own_key_refused");
  });
});

it("no key is in anything that the gate tells", async () => {
  const told: unknown[] = [];
  for (const fault of ["refuse", "no_credit", "no_quota", "limit"] as const) {
    keyed.play("a", fault);
    const { failure, ...rest } = await call("", {
      targets: [modelWith(sealed("a"), sealed("b"))],
    });
    const alone = await call("", { targets: [modelWith(sealed("a"))] });
    told.push(
      rest.asked.map(({ failover }) => failover),
      rest.attempts,
      rest.events,
    );
    for (const one of [failure, alone.failure]) told.push(one?.message, one?.details, one?.code);
    told.push(alone.attempts);
  }
  expect(JSON.stringify([told, aside])).not.toContain("sk-canary");
});
