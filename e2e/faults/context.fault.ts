import { randomBytes } from "node:crypto";
import { MixedTexts } from "../fixtures/mixed-texts";
import { expect, fault } from "./fault";
import type { World } from "./world";

/** A model of a provider of its own, whose card says more of its window than is true. */
async function addSmallModel(world: World, suffix: string, contextWindow: number): Promise<string> {
  const model = `brief@${suffix}~${String(world.random.between(1, 999))}`;
  const name = `small-${randomBytes(4).toString("hex")}`;
  await world.app.addProvider({ name, baseUrl: world.provider.url, models: [model] });
  const path = `/api/admin/models/${world.app.modelId(model)}`;
  await world.app.admin.send("PATCH", path, { contextWindow });
  return model;
}

fault(
  "U-49",
  "a window smaller than its card says costs a request, never an answer",
  async (world) => {
    const texts = new MixedTexts(world.random.between(1, 1_000_000));
    for (const variant of ["", "c", "s"]) {
      const tokens = world.random.between(1_200, 4_000);
      // A quarter less must be enough where the provider names no figures.
      const stated = Math.round(tokens * (variant === "s" ? 1.5 : world.random.between(2, 8)));
      const model = await addSmallModel(world, `${String(tokens)}${variant}`, stated);
      const talk = world.talk(model);
      for (let number = 1; number <= 12; number += 1) {
        const reader = await talk.send(texts.write(number).slice(0, 3_000).toWellFormed());
        await reader.waitForEnd();
        expect(reader.metadata).toMatchObject({ status: "complete", errorCode: null });
      }
      const tooLong = talk.calls.filter(({ isTooLong }) => isTooLong).length;
      expect(talk.calls).toHaveLength(12 + tooLong);
      // What one refusal has taught, later turns know.
      expect(tooLong).toBeLessThanOrEqual(3);
    }
  },
);
