import { describe, expect, it } from "vitest";
import { diagnosisStepNames, type DiagnosisStep } from "@/lib/contracts/diagnosis";
import { makeStep } from "@/lib/domain/diagnosis/details";
import { diagnosisGroups, findGroup, findSkipped, judge } from "./diagnosis-groups";

const all = (finding: DiagnosisStep["finding"]) =>
  diagnosisStepNames.map((name) => makeStep(name, finding));
const withStep = (step: DiagnosisStep) =>
  all("ok").map((one) => (one.name === step.name ? step : one));

describe("the groups of a note", () => {
  it("hold each step once, in the order of the test", () => {
    expect(Object.values(diagnosisGroups).flat()).toEqual([...diagnosisStepNames]);
  });

  it("leave out what was not tried, but for plain http", () => {
    const steps = [
      makeStep("reachable", "ok"),
      makeStep("certificate", "skipped", { details: { reason: "http" } }),
      makeStep("key", "skipped", { details: { reason: "earlier" } }),
    ];
    expect(findGroup(steps, "connection").map(({ name }) => name)).toEqual([
      "reachable",
      "certificate",
    ]);
    expect(findSkipped(steps)).toEqual([{ reason: "earlier", names: ["key"] }]);
  });
});

describe("the verdict", () => {
  it("is healthy when all works", () => {
    expect(judge({ steps: all("ok"), isOk: true })).toEqual({ kind: "healthy" });
  });

  it("counts what is lacking, and not what nobody misses", () => {
    const steps = all("ok").map((step) =>
      ["vision", "seed", "key", "reasoningBack"].includes(step.name)
        ? { ...step, finding: "no" as const }
        : step,
    );
    expect(judge({ steps, isOk: true })).toEqual({ kind: "lacks", count: 2 });
  });

  it("is a fault as soon as there is one", () => {
    const steps = withStep(
      makeStep("answers", "bad", { errorCode: "provider_failed", durationMs: 10 }),
    );
    expect(judge({ steps, isOk: false })).toEqual({ kind: "bad", count: 1 });
  });

  it("speaks of the connection alone when no more was asked for", () => {
    const quick = { details: { reason: "quick" as const } };
    const steps = all("ok").map((step) =>
      ["reachable", "certificate", "key", "models"].includes(step.name)
        ? step
        : makeStep(step.name, "skipped", quick),
    );
    expect(judge({ steps, isOk: true })).toEqual({ kind: "connection" });
  });

  it("does not call healthy what could not be tried", () => {
    const steps = withStep(makeStep("seed", "skipped", { details: { reason: "budget" } }));
    expect(judge({ steps, isOk: true })).toEqual({ kind: "untried" });
    expect(judge({ steps: all("ok"), isOk: false })).toEqual({ kind: "untried" });
  });
});
