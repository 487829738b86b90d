import { describe, expect, it } from "vitest";
import { breakerPolicy, describeBreaker, freshBreaker, isQuiet } from "./breaker-memory";
import type { BreakerState } from "./breaker-memory";
import { enterBreaker, settleBreaker, type Entrant, type Report } from "./breaker-state";

/** A model, its breaker and a clock. */
function makeModel() {
  let state: BreakerState = freshBreaker;
  let nowMs = 1_000_000;
  let count = 0;
  const model = {
    pass: (ms: number) => {
      nowMs += ms;
    },
    enter: (given: Partial<Entrant> = {}) => {
      const id = given.id ?? `call-${String((count += 1))}`;
      const entrant = { id, nowMs, hasWaited: false, hasOwnKey: false, ...given };
      const [after, leave] = enterBreaker(state, entrant);
      state = after;
      return { id, ...leave };
    },
    settle: (id: string, verdict: Report["verdict"], given: Partial<Report> = {}) => {
      const report = { id, verdict, nowMs, answersBefore: 0, hasOwnKey: false, random: 0 };
      const [after, change] = settleBreaker(state, { ...report, ...given });
      state = after;
      return change;
    },
    call: (verdict: Report["verdict"]) => {
      const { id, kind } = model.enter();
      return kind === "go" ? model.settle(id, verdict) : kind;
    },
    get state() {
      return state;
    },
    describe: () => describeBreaker(state, nowMs),
    isQuiet: () => isQuiet(state, nowMs),
  };
  return model;
}

describe("a breaker", () => {
  it("opens after five failures in a row, and not before", () => {
    const model = makeModel();
    const changes = Array.from({ length: 5 }, () => model.call("fault"));
    expect(changes).toEqual([null, null, null, null, "opened"]);
    expect(model.enter()).toMatchObject({ kind: "resting", retryAfterMs: 30_000 });
    expect(model.describe()).toMatchObject({ breaker: "open" });
  });

  it("does not open while answers come between failures", () => {
    const model = makeModel();
    for (let turn = 0; turn < 20; turn += 1) {
      expect(model.call("answered")).toBeNull();
      expect(model.call("fault")).toBeNull();
      model.pass(2_000);
    }
  });

  it("opens when over half of at least ten calls within a minute fail", () => {
    const model = makeModel();
    const verdicts = ["fault", "fault", "answered"] as const;
    const changes = Array.from({ length: 12 }, (_, at) => model.call(verdicts[at % 3] ?? "fault"));
    expect(changes.indexOf("opened")).toBe(9);
  });

  it("forgets what is more than a minute ago when it counts a share", () => {
    const model = makeModel();
    for (let turn = 0; turn < 12; turn += 1) {
      model.call(turn % 3 === 2 ? "answered" : "fault");
      model.pass(10_000);
    }
    expect(model.describe().breaker).toBe("closed");
  });

  it("counts answers that were not told one by one", () => {
    const model = makeModel();
    model.call("answered");
    const { id } = model.enter();
    model.settle(id, "fault", { answersBefore: 20 });
    for (let turn = 0; turn < 10; turn += 1) {
      model.call("fault");
      model.call("answered");
    }
    expect(model.describe().breaker).toBe("closed");
  });

  it("rests between thirty and sixty seconds, then lets one call through", () => {
    const model = makeModel();
    for (let turn = 0; turn < 4; turn += 1) model.call("fault");
    expect(model.settle(model.enter().id, "fault", { random: 1 })).toBe("opened");
    model.pass(59_999);
    expect(model.enter().kind).toBe("resting");
    model.pass(1);
    expect(model.enter({ id: "probe" }).kind).toBe("go");
    expect(model.describe().breaker).toBe("probing");
    expect(model.enter().kind).toBe("wait");
    expect(model.enter({ hasWaited: true }).kind).toBe("resting");
  });

  it("closes when the probe is answered, and rests again when it fails", () => {
    for (const [verdict, change] of [
      ["answered", "closed"],
      ["fault", "opened"],
    ] as const) {
      const model = makeModel();
      for (let turn = 0; turn < 5; turn += 1) model.call("fault");
      model.pass(30_000);
      model.enter({ id: "probe" });
      expect(model.settle("probe", "headers")).toBeNull();
      expect(model.settle("probe", verdict)).toBe(change);
      expect(model.enter().kind).toBe(verdict === "answered" ? "go" : "resting");
    }
  });

  it("sends another probe when the first says nothing, or is never heard of again", () => {
    const model = makeModel();
    for (let turn = 0; turn < 5; turn += 1) model.call("fault");
    model.pass(30_000);
    model.enter({ id: "stopped" });
    model.settle("stopped", "none");
    expect(model.enter({ id: "lost" }).kind).toBe("go");
    expect(model.enter().kind).toBe("wait");
    model.pass(breakerPolicy.outMs + 1);
    expect(model.enter().kind).toBe("go");
  });

  it("does not begin its rest anew with failures that come late", () => {
    const model = makeModel();
    const late = Array.from({ length: 5 }, () => model.enter().id);
    model.enter({ id: "later", hasWaited: true });
    for (const id of late) model.settle(id, "fault");
    model.pass(20_000);
    expect(model.settle("later", "fault")).toBeNull();
    model.pass(10_000);
    expect(model.enter().kind).toBe("go");
  });

  it("forgets failures of ten minutes ago", () => {
    const model = makeModel();
    for (let turn = 0; turn < 4; turn += 1) model.call("fault");
    model.pass(breakerPolicy.memoryMs + 1);
    expect(model.call("fault")).toBeNull();
  });
});

describe("a model that is not known to work", () => {
  it("takes five calls at a time until one comes back", () => {
    const model = makeModel();
    const out = Array.from({ length: 5 }, () => model.enter());
    expect(out.map(({ kind }) => kind)).toEqual(["go", "go", "go", "go", "go"]);
    expect(model.enter().kind).toBe("wait");
    expect(model.settle(out[0]?.id ?? "", "headers")).toBeNull();
    expect(model.enter().kind).toBe("go");
  });

  it("takes no call in place of one that failed", () => {
    const model = makeModel();
    const out = Array.from({ length: 5 }, () => model.enter().id);
    for (const id of out.slice(0, 4)) {
      model.settle(id, "fault");
      expect(model.enter().kind).toBe("wait");
    }
    expect(model.settle(out[4] ?? "", "fault")).toBe("opened");
  });

  it("takes a call in place of one that says nothing", () => {
    const model = makeModel();
    const out = Array.from({ length: 5 }, () => model.enter().id);
    model.settle(out[0] ?? "", "none");
    expect(model.enter().kind).toBe("go");
    expect(model.enter().kind).toBe("wait");
  });

  it("is not waited for for ever: slow is not failing", () => {
    const model = makeModel();
    for (let call = 0; call < 5; call += 1) model.enter();
    expect(model.enter({ hasWaited: true }).kind).toBe("go");
  });

  it("is known for ten minutes after an answer, unless it fails", () => {
    const model = makeModel();
    model.call("answered");
    for (let call = 0; call < 50; call += 1) expect(model.enter().kind).toBe("go");
    expect(model.state.out).toEqual([]);
    expect(model.isQuiet()).toBe(true);
    model.call("fault");
    expect(model.isQuiet()).toBe(false);
    const kinds = Array.from({ length: 5 }, () => model.enter().kind);
    expect(kinds).toEqual(["go", "go", "go", "go", "wait"]);
  });

  it("needs more than headers once it has failed", () => {
    const model = makeModel();
    for (let turn = 0; turn < 5; turn += 1) {
      const { id } = model.enter();
      model.settle(id, "headers");
      expect(model.settle(id, "fault")).toBe(turn === 4 ? "opened" : null);
    }
  });
});

describe("a key of one's own", () => {
  it("is not kept away by what is wrong with the shared ones, nor proves that they work", () => {
    const model = makeModel();
    for (let turn = 0; turn < 5; turn += 1) model.call("key");
    expect(model.enter().kind).toBe("resting");
    const { id, kind } = model.enter({ hasOwnKey: true });
    expect(kind).toBe("go");
    model.settle(id, "answered", { hasOwnKey: true });
    expect(model.enter().kind).toBe("resting");
  });

  it("is kept away by what is wrong with the model", () => {
    const model = makeModel();
    for (let turn = 0; turn < 5; turn += 1) model.call("fault");
    expect(model.enter({ hasOwnKey: true }).kind).toBe("resting");
  });
});
