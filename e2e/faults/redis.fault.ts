import { setTimeout as sleep } from "node:timers/promises";
import { expect, faultOfTwo } from "./fault";
import { canPair, type Pair } from "./pair";
import { answerWords, writeWords } from "./scripts";
import type { World } from "./world";

const perSecond = 50;
// A breath of a busy machine, far below what anybody would wait for Redis.
const longestGapMs = 1_500;

type Trouble = { begin: () => Promise<unknown>; end: () => Promise<unknown> };

/** Someone writes here, is read and stopped there, and Redis fails in the middle. */
async function streamThrough(world: World, { there }: Pair, trouble: Trouble): Promise<void> {
  const [followed, stopped] = [world.talk(), world.talk()];
  followed.play(answerWords(200, perSecond));
  stopped.play(answerWords(5_000, perSecond));
  const [here, doomed] = await Promise.all([followed.send(), stopped.send()]);
  const mirror = await followed.resume(there);
  expect(mirror, "a reader before the trouble").not.toBeNull();
  await here.waitForText(world.random.between(1, 150));
  world.onEnd(async () => {
    await trouble.end();
  });
  await trouble.begin();
  // Whoever comes now finds it too, from the checkpoint at the least.
  const startedMs = performance.now();
  const late = await followed.resume(there);
  expect(late, "a reader in the middle of the trouble").not.toBeNull();
  await late?.waitForText();
  expect(performance.now() - startedMs).toBeLessThan(4_000);
  const askedMs = performance.now();
  await stopped.stop(undefined, there);
  await expect.poll(() => stopped.calls[0]?.isClosedByClient, { timeout: 5_000 }).toBe(true);
  expect((stopped.calls[0]?.closedMs ?? 0) - askedMs).toBeLessThan(3_000);
  await doomed.waitForEnd(3_000);
  for (const reader of [here, mirror, late]) await reader?.waitForEnd();
  expect(here.text).toBe(writeWords(200));
  expect(here.metadata?.status).toBe("complete");
  expect(here.longestGapMs).toBeLessThan(longestGapMs);
  for (const reader of [mirror, late]) {
    // A reader whose wire broke asks again; one whose stream ended well has all of it.
    if (reader?.isWhole === true) expect(reader.text).toBe(writeWords(200));
    else expect(writeWords(200).startsWith(reader?.text ?? "")).toBe(true);
  }
  await sleep(world.random.between(0, 500));
  await trouble.end();
}

// They need PostgreSQL and Redis; CI always has both.
if (canPair) {
  faultOfTwo(
    "S-07",
    "Redis flushed, slow, full or dead: nobody waits for it",
    async (world, pair) => {
      const { redis } = pair;
      const nothing = () => Promise.resolve();
      const troubles: Record<string, Trouble> = {
        flushed: { begin: () => redis.command("FLUSHALL"), end: nothing },
        slow: {
          begin: async () => {
            redis.wire.trouble(world.random.pick([{ isStalled: true }, { delayMs: 20_000 }]));
          },
          end: () => redis.wire.mend(),
        },
        full: {
          begin: () => redis.command("CONFIG SET maxmemory 1"),
          end: () => redis.command("CONFIG SET maxmemory 0"),
        },
        cut: { begin: () => redis.wire.cut(), end: () => redis.wire.mend() },
        dead: { begin: () => redis.kill(), end: () => startAgain() },
      };
      let isDead = false;
      const startAgain = async () => {
        if (isDead) return;
        isDead = true;
        await redis.start();
      };
      for (const trouble of Object.values(troubles)) await streamThrough(world, pair, trouble);
    },
  );

  faultOfTwo(
    "S-07",
    "Redis absent from the start: as without one",
    (world, pair) =>
      streamThrough(world, pair, {
        begin: () => Promise.resolve(),
        end: () => Promise.resolve(),
      }),
    "absent",
  );
}
