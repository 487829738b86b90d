import "server-only";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { startProvider, type ScriptedProvider } from "@/e2e/provider/server";
import { chatTurnSchema, type AnswerChunk } from "@/lib/contracts/chat";
import type { Actor } from "@/lib/domain/actor";
import { db } from "../db/client";
import { storeModel } from "../db/testing-models";
import { makeUser, useTestDatabase } from "../db/testing";
import { newId } from "../ids";
import { sealProviderKey } from "../providers/provider-key";
import { streamTurn } from "./stream-turn";

/**
 * As a provider's balancer has it. With less a test whose own thread is busy for seconds would write
 * to connections that are just being closed.
 */
const idleMs = 60_000;

/** A database, a scripted provider with the model `plain`, and somebody to talk to it. */
export function useTurns() {
  const turns: { provider: ScriptedProvider; actor: Actor } = {
    provider: undefined as never,
    actor: undefined as never,
  };

  useTestDatabase();

  beforeAll(async () => {
    turns.provider = await startProvider({ idleMs });
  });

  afterAll(() => turns.provider.close());

  beforeEach(async () => {
    turns.provider.reset();
    turns.actor = await makeUser();
    await useModel("plain");
  });

  /** Makes this the one model of the instance. */
  async function useModel(name: string): Promise<string> {
    await db().alias.deleteMany();
    await db().provider.deleteMany();
    const { modelId } = await storeModel({
      name,
      baseUrl: turns.provider.url,
      key: sealProviderKey("sk-test", "1"),
    });
    return modelId;
  }

  /** Posts a message as the actor. */
  function submit(id: string, text: string, extra: Record<string, unknown> = {}) {
    const message = { id: newId(), role: "user", parts: [{ type: "text", text }] };
    return streamTurn(turns.actor, chatTurnSchema.parse({ id, message, ...extra }));
  }

  return { turns, useModel, submit };
}

/** Waits for the whole of a stream. */
export async function readChunks(response: Response): Promise<AnswerChunk[]> {
  const text = await response.text();
  return text
    .split("\n\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice(6)) as AnswerChunk);
}

/** The answer's text in a stream. */
export const textOf = (chunks: AnswerChunk[]) =>
  chunks.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join("");

/** What the stream's end says of the answer. @throws when it did not end. */
export function lastOf(chunks: AnswerChunk[]) {
  const last = chunks.at(-1);
  if (last?.type !== "finish") throw new Error("the stream did not finish");
  return last.messageMetadata;
}

/** Every message there is, a question before its answer. */
export const findRows = () =>
  db().message.findMany({ orderBy: [{ createdAt: "asc" }, { role: "asc" }, { id: "asc" }] });
