import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { ModelHealth } from "@/lib/contracts/aliases";
import type { Failover } from "@/lib/contracts/messages";
import { findFreePort } from "../fixtures/server-process";
import type { Call, Scenario } from "../provider/scenario";
import { expect, fault, faultOfTwo } from "./fault";
import { canPair } from "./pair";
import { plain, refuse, sayWords, type WireFailure } from "./scripts";
import type { Talk } from "./talk";
import type { World } from "./world";

type Pair = {
  /** What the alias of both is called. */
  alias: string;
  first: string;
  second: string;
};

/** An alias of two models, the first at a provider of its own with these settings. */
async function makePair(world: World, callSettings = {}, baseUrl?: string): Promise<Pair> {
  const first = await world.addProvider(baseUrl ?? world.provider.url, callSettings);
  const second = await world.addProvider(world.provider.url);
  const alias = `alias-${randomBytes(4).toString("hex")}`;
  await world.app.addAlias(alias, [first, second]);
  return { alias, first, second };
}

/** Plays one scenario for the first model of a pair, and answers for the second. */
function playFirst({ first }: Pair, scenario: Scenario): Scenario {
  return (call) => (call.request.model === first ? scenario(call) : plain(call));
}

const callsOf = (talk: Talk, model: string) => talk.calls.filter((call) => call.model === model);

/** The second model answers, once; the conversation shows it, and why. */
async function expectSecond(
  talk: Talk,
  { first, second }: Pair,
  errorCode: ErrorCode,
  mostCalls: number,
): Promise<void> {
  const reader = await talk.send();
  await reader.waitForEnd(30_000);
  const answer = await talk.settled();
  expect(answer).toMatchObject({ status: "complete", errorCode: null, model: second });
  expect(reader.text).toBe(`You said: ${talk.marker} Tell me.`);
  expect(callsOf(talk, first).length).toBeLessThanOrEqual(mostCalls);
  expect(callsOf(talk, second)).toHaveLength(1);
  const failover: Failover = {
    skipped: [{ model: first, provider: first, errorCode }],
    model: second,
    provider: second,
  };
  expect(answer.failover).toEqual(failover);
  expect(reader.metadata?.failover).toEqual(failover);
}

const json = (status: number, code: string, headers?: Record<string, string>): WireFailure => ({
  status,
  body: { error: { message: "No.", type: code, code } },
  ...(headers === undefined ? {} : { headers }),
});
const page = "<html><head><title>Bad Gateway</title></head><body>nginx</body></html>";
const reset: Scenario = async (call) => {
  await call.wait(20);
  call.answer.resetConnection();
};

fault("FO-01", "the second model answers, once, whatever the first refuses with", async (world) => {
  const limit = "rate_limit_exceeded";
  const matrix: [Scenario, ErrorCode, number][] = [
    [refuse(json(500, "server_error")), "provider_failed", 3],
    [refuse({ status: 502, body: page }), "provider_failed", 3],
    [refuse(json(429, limit)), "provider_rate_limited", 3],
    [refuse(json(429, limit, { "retry-after": "1" })), "provider_rate_limited", 3],
    [refuse(json(429, limit, { "retry-after": "20" })), "provider_rate_limited", 1],
    [refuse(json(429, "insufficient_quota")), "provider_out_of_credit", 1],
    [refuse(json(401, "invalid_api_key")), "provider_key_refused", 1],
    [refuse(json(404, "model_not_found")), "provider_model_missing", 1],
    [reset, "connection_lost", 3],
    [
      refuse({ status: 307, body: "", headers: { location: "/elsewhere" } }),
      "provider_redirected",
      1,
    ],
  ];
  await Promise.all(
    matrix.map(async ([scenario, errorCode, mostCalls]) => {
      const pair = await makePair(world);
      const talk = world.talk(pair.alias);
      const delayMs = world.random.between(0, 200);
      talk.play(
        playFirst(pair, async (call) => {
          await call.wait(delayMs);
          await scenario(call);
        }),
      );
      await expectSecond(talk, pair, errorCode, mostCalls);
    }),
  );
});

fault("FO-02", "the second model answers when the first is silent or away", async (world) => {
  const stall = ({ waitForClose }: Call) => waitForClose();
  const silent = await makePair(world, { headersTimeoutSeconds: 1 });
  const mute = await makePair(world, { firstTokenTimeoutSeconds: 1 });
  const port = await findFreePort();
  const away = await makePair(world, {}, `http://127.0.0.1:${String(port)}/v1`);
  await Promise.all([
    (async () => {
      const talk = world.talk(silent.alias);
      talk.play(playFirst(silent, stall));
      await expectSecond(talk, silent, "provider_timeout", 2);
    })(),
    (async () => {
      const talk = world.talk(mute.alias);
      talk.play(
        playFirst(mute, async (call) => {
          await call.answer.start();
          await stall(call);
        }),
      );
      await expectSecond(talk, mute, "provider_timeout", 1);
    })(),
    (async () => {
      const talk = world.talk(away.alias);
      talk.unseenCalls = 1;
      talk.play(plain);
      await expectSecond(talk, away, "provider_unreachable", 0);
    })(),
  ]);
});

fault("FO-03", "an answer that breaks off is never begun anew by another model", async (world) => {
  const pair = await makePair(world);
  const talk = world.talk(pair.alias);
  const words = world.random.between(5, 40);
  talk.play(
    playFirst(pair, async (call) => {
      await sayWords(call, words, 200);
      await call.wait(100);
      call.answer.resetConnection();
    }),
  );
  await (await talk.send()).waitForEnd();
  expect(await talk.settled()).toMatchObject({ status: "interrupted", failover: null });
  expect(callsOf(talk, pair.second)).toHaveLength(0);
});

fault("FO-04", "Stop ends a call between two models as anywhere", async (world) => {
  const pair = await makePair(world, { headersTimeoutSeconds: 2 });
  const talk = world.talk(pair.alias);
  talk.play(playFirst(pair, ({ waitForClose }) => waitForClose()));
  const reader = await talk.send();
  await sleep(world.random.between(200, 1_200));
  await talk.stop();
  await reader.waitForEnd(2_000);
  expect((await talk.settled()).status).toBe("stopped");
  expect(callsOf(talk, pair.second)).toHaveLength(0);
});

/** Fifty conversations at once with one model that fails. @returns how many requests it saw. */
async function askFifty(world: World, model: string, scenario: Scenario, there?: Talk["api"]) {
  const talks = Array.from({ length: 50 }, () => world.talk(model));
  await Promise.all(
    talks.map(async (talk, index) => {
      talk.play(scenario);
      const elsewhere = there !== undefined && index % 2 === 1 ? { api: there } : {};
      await (await talk.send("Tell me.", elsewhere)).waitForEnd(40_000);
    }),
  );
  return { talks, seen: talks.reduce((sum, talk) => sum + talk.calls.length, 0) };
}

fault("U-12", "fifty turns on one failing provider reach it five times", async (world) => {
  const model = await world.addProvider(world.provider.url);
  const failure = world.random.pick([500, 502, 503, 529]);
  const scenario = refuse(json(failure, "server_error"), world.random.between(0, 150));
  const { talks, seen } = await askFifty(world, model, scenario);
  expect(seen).toBeLessThanOrEqual(5);
  for (const talk of talks) {
    const { status, errorCode } = await talk.settled();
    expect(status).toBe("failed");
    expect(["provider_failed", "provider_resting"]).toContain(errorCode);
  }
  const { health } = await world.app.admin.read<{ health: ModelHealth[] }>(
    "/api/admin/models/health",
  );
  const modelId = world.app.modelId(model);
  const state = health.find((one) => one.modelId === modelId);
  expect(state).toMatchObject({ state: "resting", breaker: "open" });
  // Until then nobody asks it; an admin can let it be asked at once.
  const [talk] = talks;
  await talk?.send("Again.").then((reader) => reader.waitForEnd());
  expect((await talk?.settled())?.errorCode).toBe("provider_resting");
  await world.app.admin.send("DELETE", `/api/admin/models/${modelId}/rest`);
  talk?.play(plain);
  await talk?.send("And now?").then((reader) => reader.waitForEnd());
  expect((await talk?.settled())?.status).toBe("complete");
});

fault(
  "FO-05",
  "fifty turns on an alias whose first model fails are all answered",
  async (world) => {
    const pair = await makePair(world);
    const scenario = playFirst(pair, refuse(json(500, "server_error")));
    const { talks } = await askFifty(world, pair.alias, scenario);
    const seen = talks.reduce((sum, talk) => sum + callsOf(talk, pair.first).length, 0);
    expect(seen).toBeLessThanOrEqual(5);
    for (const talk of talks) {
      const answer = await talk.settled();
      expect(answer).toMatchObject({ status: "complete", model: pair.second });
      expect(["provider_failed", "provider_resting"]).toContain(
        answer.failover?.skipped[0]?.errorCode,
      );
    }
  },
);

// It needs PostgreSQL and Redis; CI always has both.
if (canPair) {
  faultOfTwo(
    "U-12",
    "fifty turns on two instances reach it five times",
    async (world, { there, other }) => {
      const model = await world.addProvider(world.provider.url);
      const { talks, seen } = await askFifty(
        world,
        model,
        refuse(json(500, "server_error"), world.random.between(0, 150)),
        there,
      );
      // On a machine so busy that Redis answers too late, each counts for itself, and says so.
      const counting = [world.app, other].filter(({ process }) =>
        process.output.includes("breakers are not shared"),
      );
      expect(seen).toBeLessThanOrEqual(counting.length === 0 ? 5 : 10);
      for (const talk of talks) expect((await talk.settled()).status).toBe("failed");
    },
  );
}
