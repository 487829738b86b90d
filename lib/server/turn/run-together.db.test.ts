import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Candidate } from "@/lib/contracts/chat";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { db } from "../db/client";
import { makeAttempt } from "../db/testing-holds";
import { stopLiveAnswer } from "../generations/hub";
import { newId } from "../ids";
import type * as gate from "../models/call-model";
import type { ModelCall, ModelEvent } from "../models/model-call";
import { resumeTurn } from "./stream-turn";
import { findRows, readChunks, textOf, useTurns } from "./testing-turns";

type Step = (call: ModelCall) => AsyncGenerator<ModelEvent, void, undefined>;

const scripted = vi.hoisted(() => ({ calls: [] as unknown[], steps: [] as unknown[] }));

vi.mock("../models/call-model", () => {
  const callModel: typeof gate.callModel = (call) => {
    scripted.calls.push(call);
    const step = (scripted.steps as Step[]).shift();
    if (step === undefined) throw new Error("one call more than was expected");
    return step(call);
  };
  return { callModel };
});

const { turns, submit, useModel } = useTurns();
const calls = () => scripted.calls as ModelCall[];

beforeEach(async () => {
  scripted.calls = [];
  scripted.steps = [];
  await useModel("takes-n");
  await db().model.updateMany({ data: { card: { parameters: { n: "yes" } } } });
});

const attempt = (outcome: CallAttempt["outcome"]): CallAttempt =>
  makeAttempt("shared", {
    ...{ price: null, outcome, headersAt: new Date(), firstTokenAt: new Date() },
    usage: { inputTokens: 10, outputTokens: 30, source: "reported" },
  });

const say = (candidate: number, delta: string): ModelEvent => ({ type: "text", delta, candidate });
const finish = (candidate: number): ModelEvent => ({ type: "finish", reason: "stop", candidate });

/** A call that says a word for each answer, then goes on until somebody ends it. */
async function* hold(call: ModelCall): AsyncGenerator<ModelEvent, void, undefined> {
  for (let at = 0; at < (call.n ?? 1); at += 1) yield say(at, `word ${String(at)}`);
  await new Promise((resolve) => {
    call.signal.addEventListener("abort", resolve);
  });
  call.onAttempt(attempt("aborted"));
  throw call.signal.reason;
}

const ask = (id: string, n: number) => submit(id, "Several", { settings: { parameters: { n } } });

async function findCandidates(id: string): Promise<Candidate[]> {
  const chunk = (await resumeTurn(turns.actor, id, null))?.body?.getReader();
  const { value } = (await chunk?.read()) ?? {};
  await chunk?.cancel();
  const [line = ""] = new TextDecoder().decode(value).split("\n\n");
  const start = JSON.parse(line.slice(6)) as { messageMetadata: { candidates: Candidate[] } };
  return start.messageMetadata.candidates;
}

const findAnswers = async () => (await findRows()).filter(({ role }) => role === "assistant");

describe("several answers by one call", () => {
  it("are told apart, and the call is booked with the last of them", async () => {
    scripted.steps.push(async function* (call: ModelCall) {
      yield say(0, "one");
      yield say(1, "two");
      yield finish(0);
      await Promise.resolve();
      call.onAttempt(attempt("answered"));
      yield finish(1);
    } satisfies Step);
    const id = newId();
    expect(textOf(await readChunks(await ask(id, 2)))).toBe("one");
    await expect
      .poll(async () => (await findAnswers()).map(({ status }) => status))
      .toEqual(["complete", "complete"]);
    expect((await findAnswers()).map(({ parts }) => parts)).toEqual([
      [{ type: "text", text: "one" }],
      [{ type: "text", text: "two" }],
    ]);
    expect(calls()).toMatchObject([{ n: 2, parameters: {} }]);
    const generations = await db().generation.findMany({ orderBy: { messageId: "asc" } });
    expect(generations.map(({ inputTokens }) => inputTokens)).toEqual([null, 10]);
    expect(await db().attempt.count()).toBe(1);
  });

  it("end one by one when they are stopped, and the call with the last", async () => {
    scripted.steps.push(hold);
    const id = newId();
    await (await ask(id, 3)).body?.cancel();
    const [first, second, third] = await findCandidates(id);
    await stopLiveAnswer(turns.actor, id, second?.generationId);
    expect(calls()[0]?.signal.aborted).toBe(false);
    expect((await findAnswers()).map(({ status }) => status)).toEqual([
      "streaming",
      "stopped",
      "streaming",
    ]);
    await stopLiveAnswer(turns.actor, id, first?.generationId);
    await stopLiveAnswer(turns.actor, id, third?.generationId);
    expect(calls()[0]?.signal.aborted).toBe(true);
    expect((await findAnswers()).map(({ status, parts }) => ({ status, parts }))).toEqual(
      [0, 1, 2].map((at) => ({
        status: "stopped",
        parts: [{ type: "text", text: `word ${String(at)}` }],
      })),
    );
    expect(await db().attempt.findMany()).toMatchObject([{ outcome: "aborted" }]);
  });

  it("end together when all are stopped at once", async () => {
    scripted.steps.push(hold);
    const id = newId();
    await (await ask(id, 2)).body?.cancel();
    await stopLiveAnswer(turns.actor, id);
    expect((await findAnswers()).map(({ status }) => status)).toEqual(["stopped", "stopped"]);
    expect(await db().attempt.count()).toBe(1);
  });

  it("all fail with their call, and what came of each is kept", async () => {
    scripted.steps.push(async function* () {
      yield say(0, "half");
      await Promise.resolve();
      throw new Error("the wire broke");
    } satisfies Step);
    await readChunks(await ask(newId(), 2));
    await expect
      .poll(async () => (await findAnswers()).map(({ status }) => status))
      .toEqual(["interrupted", "failed"]);
  });

  it("are asked for by themselves where the provider passed over n", async () => {
    scripted.steps.push(
      async function* (call: ModelCall) {
        yield { type: "text", delta: "the only one" };
        await Promise.resolve();
        call.onAttempt(attempt("answered"));
        yield { type: "finish", reason: "stop" };
      } satisfies Step,
      async function* (call: ModelCall) {
        yield { type: "text", delta: "another" };
        await Promise.resolve();
        call.onAttempt(attempt("answered"));
        yield { type: "finish", reason: "stop" };
      } satisfies Step,
    );
    await readChunks(await ask(newId(), 2));
    await expect
      .poll(async () => (await findAnswers()).map(({ status, parts }) => ({ status, parts })))
      .toEqual(
        ["the only one", "another"].map((text) => ({
          ...{ status: "complete", parts: [{ type: "text", text }] },
        })),
      );
    expect(calls().map(({ n }) => n)).toEqual([2, undefined]);
    expect(await db().attempt.count()).toBe(2);
  });
});
