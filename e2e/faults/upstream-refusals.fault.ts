import type { ErrorCode } from "@/lib/contracts/errors";
import { fault, expect } from "./fault";
import { playAfter, playInTurn, plain, refuse, type WireFailure } from "./scripts";
import type { Talk } from "./talk";
import type { World } from "./world";

/** The answer fails before its first word, after exactly so many requests. */
async function expectFailure(talk: Talk, errorCode: ErrorCode, calls: number | null) {
  const reader = await talk.send();
  await reader.waitForEnd();
  const answer = await talk.settled();
  expect(answer).toMatchObject({ status: "failed", errorCode, parts: [] });
  expect(reader.metadata).toMatchObject({ status: "failed", errorCode });
  if (calls !== null) expect(talk.calls).toHaveLength(calls);
  return answer;
}

function openAiError(message: string, type: string, code: string | null): unknown {
  return { error: { message, type, param: null, code } };
}

function each(world: World, failures: readonly WireFailure[], errorCode: ErrorCode) {
  return Promise.all(
    failures.map(async (failure) => {
      const talk = world.talk();
      talk.play(refuse(failure, world.random.between(0, 300)));
      await expectFailure(talk, errorCode, 1);
    }),
  );
}

fault("U-01", "a refused key is never shown, and asked once", async (world) => {
  const talk = world.talk();
  talk.play(playAfter(world.random.between(0, 500), "error-401"));
  await expectFailure(talk, "provider_key_refused", 1);
});

fault("U-02", "a forbidden region is asked once", async (world) => {
  const talk = world.talk();
  talk.play(playAfter(world.random.between(0, 500), "error-403"));
  await expectFailure(talk, "provider_forbidden", 1);
});

fault("U-03", "a model that is gone is asked once, and the text is kept", async (world) => {
  const talk = world.talk();
  talk.play(playAfter(world.random.between(0, 500), "error-404"));
  await expectFailure(talk, "provider_model_missing", 1);
});

fault("U-04", "a conversation that is too long is known in every dialect", async (world) => {
  await each(
    world,
    [
      {
        status: 400,
        body: openAiError(
          "This model's maximum context length is 4096 tokens. However, your messages resulted in 5120 tokens.",
          "invalid_request_error",
          "context_length_exceeded",
        ),
      },
      {
        status: 400,
        body: {
          object: "error",
          message:
            "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens in the messages.",
          type: "BadRequestError",
          param: null,
          code: 400,
        },
      },
      {
        status: 400,
        body: {
          type: "error",
          error: {
            type: "invalid_request_error",
            message: "prompt is too long: 209000 tokens > 200000 maximum",
          },
        },
      },
      {
        status: 400,
        body: {
          error: {
            code: 400,
            message:
              "the request exceeds the available context size. try increasing the context size or enable context shift",
            type: "invalid_request_error",
          },
        },
      },
    ],
    "context_too_long",
  );
});

const rateLimit = openAiError("Rate limit reached.", "requests", "rate_limit_exceeded");

function limitedOnce(headers: Record<string, string>) {
  return playInTurn(refuse({ status: 429, body: rateLimit, headers }), plain);
}

/** Between the end of the first request and the start of the second, in milliseconds. */
function gapOf({ calls: [first, second] }: Talk): number {
  return (second?.startedMs ?? Number.NaN) - (first?.closedMs ?? Number.NaN);
}

fault("U-06", "a wait of one second is kept, shown, and ended by Stop", async (world) => {
  const [kept, stopped] = [world.talk(), world.talk()];
  kept.play(limitedOnce({ "retry-after": "1" }));
  stopped.play(limitedOnce({ "retry-after": "1" }));
  await Promise.all([
    (async () => {
      const reader = await kept.send();
      await reader.waitForEnd();
      expect(await kept.settled()).toMatchObject({ status: "complete" });
      expect(kept.calls).toHaveLength(2);
      expect(gapOf(kept)).toBeGreaterThanOrEqual(990);
      const notice = reader.history.find(({ metadata }) => metadata.retry != null)?.metadata.retry;
      expect(notice).toMatchObject({ attempt: 2, of: 3, errorCode: "provider_rate_limited" });
      expect(notice?.waitMs).toBeGreaterThanOrEqual(900);
    })(),
    (async () => {
      const reader = await stopped.send();
      await reader.waitUntil(({ metadata }) => metadata?.retry != null);
      await new Promise((resolve) => setTimeout(resolve, world.random.between(0, 600)));
      await stopped.stop();
      await reader.waitForEnd(2_000);
      expect((await stopped.settled()).status).toBe("stopped");
      expect(stopped.calls).toHaveLength(1);
    })(),
  ]);
});

fault("U-07", "a wait given in milliseconds is kept", async (world) => {
  const talk = world.talk();
  const waitMs = world.random.between(150, 600);
  talk.play(limitedOnce({ "retry-after-ms": String(waitMs) }));
  await (await talk.send()).waitForEnd();
  expect(await talk.settled()).toMatchObject({ status: "complete" });
  expect(talk.calls).toHaveLength(2);
  expect(gapOf(talk)).toBeGreaterThanOrEqual(waitMs - 10);
  expect(gapOf(talk)).toBeLessThan(waitMs + 3_000);
});

fault("U-09", "a limit for longer than half a minute is said, not waited for", async (world) => {
  const inTwoMinutes = new Date(Date.now() + 120_000).toUTCString();
  const talks = ["120", inTwoMinutes].map((value) => {
    const talk = world.talk();
    talk.play(refuse({ status: 429, body: rateLimit, headers: { "retry-after": value } }));
    return talk;
  });
  for (const talk of talks) {
    const { errorDetails } = await expectFailure(talk, "provider_rate_limited", 1);
    const seconds = Number(errorDetails?.["retryAfterSeconds"]);
    expect(seconds).toBeGreaterThan(110);
    expect(seconds).toBeLessThanOrEqual(120);
  }
});

fault("U-10", "a provider without credit is asked exactly once", async (world) => {
  const codes = [
    "insufficient_quota",
    "credit_balance_exhausted",
    "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
    "billing_hard_limit_reached",
  ];
  await each(
    world,
    [
      { status: 429, body: openAiError("No quota.", "insufficient_quota", null) },
      { status: 402, body: openAiError("Insufficient Balance", "unknown_error", null) },
      ...codes.map((code) => ({
        status: 429,
        body: openAiError("You exceeded it.", "requests", code),
        headers: { "retry-after": "1" },
      })),
    ],
    "provider_out_of_credit",
  );
});

fault("U-11", "one failure and then an answer is one answer, paid once", async (world) => {
  const talk = world.talk();
  const body = openAiError("The server had an error.", "server_error", null);
  talk.play(playInTurn(refuse({ status: 500, body }, world.random.between(0, 400)), plain));
  const reader = await talk.send();
  await reader.waitForEnd();
  expect(await talk.settled()).toMatchObject({ status: "complete", errorCode: null });
  expect(talk.calls).toHaveLength(2);
  expect(await talk.messages()).toHaveLength(2);
  if (world.stage.database === null) return;
  const { rows } = await world.stage.postgres.query(
    `SELECT a.number, a.outcome, a.usage_source AS source, a.http_status AS status
     FROM attempts a JOIN generations g ON g.id = a.generation_id
     WHERE g.conversation_id = $1 ORDER BY a.number`,
    [talk.id],
  );
  expect(rows).toEqual([
    { number: 1, outcome: "failed", source: null, status: 500 },
    { number: 2, outcome: "answered", source: "reported", status: 200 },
  ]);
});

fault("U-12", "a provider that stays down is asked three times at most", async (world) => {
  const page = "<html><head><title>Bad Gateway</title></head><body>nginx</body></html>";
  const overloaded = openAiError("Overloaded", "overloaded_error", null);
  const failures: [WireFailure, ErrorCode][] = [
    [{ status: 502, body: page }, "provider_failed"],
    [{ status: 503, body: page }, "provider_failed"],
    [{ status: 504, body: page }, "provider_timeout"],
    [{ status: 529, body: overloaded }, "provider_failed"],
  ];
  await Promise.all(
    failures.map(async ([failure, errorCode]) => {
      const talk = world.talk();
      talk.play(refuse(failure, world.random.between(0, 300)));
      await expectFailure(talk, errorCode, null);
      expect(talk.calls.length).toBeGreaterThanOrEqual(2);
      expect(talk.calls.length).toBeLessThanOrEqual(3);
    }),
  );
});
