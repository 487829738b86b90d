import { describe, expect, it, vi } from "vitest";
import type { Calibration } from "@/lib/contracts/calibration";
import { plainCalibration } from "@/lib/domain/tokens/calibration";
import { countText } from "@/lib/domain/tokens/count-text";
import { expectWeights } from "@/lib/domain/tokens/expected-weights";
import { learnReport } from "@/lib/domain/tokens/learn-report";
import { makeRuler } from "@/lib/domain/tokens/ruler";
import { newId } from "../ids";
import { db } from "../db/client";
import { changeCalibration } from "../db/model-calibration";
import { useTestDatabase } from "../db/testing";
import { storeModel } from "../db/testing-models";
import { currentCalibration } from "./calibrations";
import { learnFromReport, learnWindow } from "./learn-calibration";

useTestDatabase();

const text = "The ships that left the harbour in winter were never seen again. ".repeat(60);
const counts = countText(text);
const noParts = {
  system: 0,
  tools: 0,
  files: 0,
  summary: 0,
  history: 0,
  draft: 0,
  reply: 0,
  free: 0,
};
const sent = { plan: { counts, parts: noParts }, prompt: [{}] };

async function storedModel(name = "some-model") {
  const { modelId: id } = await storeModel({ name, baseUrl: "http://127.0.0.1:9/v1" });
  return { id, name, calibration: plainCalibration, contextWindow: 32_000 };
}

const readStored = async (id: string) => {
  const { calibration } = await db().model.findUniqueOrThrow({ where: { id } });
  return calibration as Calibration | null;
};

const saved = { timeout: 8_000, interval: 100 };

describe("what a provider reports", () => {
  it("holds for the next call at once, and is stored within seconds", async () => {
    const model = await storedModel();
    learnFromReport(model, sent, 1_500);
    const ruler = makeRuler(model.name, currentCalibration(model));
    expect(ruler.measure(counts)).toBeGreaterThan(1_400);
    expect(await readStored(model.id)).toBeNull();
    learnFromReport(model, sent, 1_500);
    await vi.waitFor(async () => {
      expect(await readStored(model.id)).toMatchObject({ reports: 2 });
    }, saved);
    expect(await readStored(model.id)).toEqual(currentCalibration(model));
  });

  it("is joined with what another instance has stored meanwhile", async () => {
    const model = await storedModel();
    learnFromReport(model, sent, 1_500);
    const other = (known: Calibration) =>
      learnReport(known, { counts, messages: 1, tokens: 1_500 }, expectWeights(model.name));
    const stored = await changeCalibration({ system: "test" }, model.id, (known) =>
      other(other(other(known))),
    );
    // A turn reads the model anew, and knows both.
    expect(currentCalibration({ ...model, calibration: stored ?? plainCalibration }).reports).toBe(
      4,
    );
    await vi.waitFor(async () => {
      expect(await readStored(model.id)).toMatchObject({ reports: 4 });
    }, saved);
  });

  it("is passed over where images are part of it, or it is nonsense", async () => {
    const model = await storedModel();
    learnFromReport(model, { ...sent, plan: { counts, parts: { ...noParts, files: 765 } } }, 1_500);
    learnFromReport(model, sent, 0);
    learnFromReport(model, sent, 90_000);
    expect(currentCalibration(model)).toEqual(plainCalibration);
  });

  it("leaves out what tools take", async () => {
    const model = await storedModel();
    const parts = { ...noParts, tools: 5_000 };
    for (let turn = 0; turn < 5; turn += 1)
      learnFromReport(model, { ...sent, plan: { counts, parts } }, 5_000 + counts.o200k + 7);
    const ruler = makeRuler(model.name, currentCalibration(model));
    expect(ruler.measure(counts)).toBeLessThan(counts.o200k * 1.1);
  });

  it("does not bring back a model that is gone", async () => {
    const model = { id: newId(), name: "gone", calibration: plainCalibration, contextWindow: null };
    learnFromReport(model, sent, 1_500);
    await vi.waitFor(() => {
      expect(currentCalibration(model)).toEqual(plainCalibration);
    }, saved);
  });
});

describe("a window that a provider named", () => {
  it("is kept for a week", async () => {
    const model = await storedModel();
    learnWindow(model, 8_192);
    expect(currentCalibration(model).window).toBe(8_192);
    await vi.waitFor(async () => {
      expect(await readStored(model.id)).toMatchObject({ window: 8_192 });
    }, saved);
    const windowAt = new Date(Date.now() - 8 * 24 * 60 * 60_000).toISOString();
    const calibration = { ...plainCalibration, window: 8_192, windowAt };
    expect(currentCalibration({ ...model, id: newId(), calibration }).window).toBeNull();
  });

  it("gives way to what an admin sets afterwards", async () => {
    const model = await storedModel();
    learnWindow(model, 8_192);
    expect(currentCalibration({ ...model, contextWindow: 16_000 }).window).toBeNull();
    expect(currentCalibration(model).window).toBe(8_192);
  });

  it("is none where it is no sensible number", async () => {
    const model = await storedModel();
    for (const window of [0, -1, 1.5, Number.NaN, 12]) learnWindow(model, window);
    expect(currentCalibration(model).window).toBeNull();
  });
});
