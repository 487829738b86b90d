import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { countTokens } from "@/lib/domain/tokens/count-text";
import { answerAsDemo } from "@/lib/domain/demo/answer-as-demo";
import type { AttemptRecord } from "./attempt-record";
import type { ModelEvent } from "./model-call";
import type { TargetCall } from "./target-call";

const pieceCharacters = 8;
const pieceEveryMs = 24;

/** The demo model: no AI and no network, but streamed and stoppable like any other. */
export async function* demoStream(
  { prompt, signal }: Pick<TargetCall, "prompt" | "signal">,
  record: AttemptRecord,
): AsyncGenerator<ModelEvent, void, undefined> {
  const answer = Array.from(answerAsDemo(prompt));
  for (let start = 0; start < answer.length; start += pieceCharacters) {
    signal.throwIfAborted();
    const delta = answer.slice(start, start + pieceCharacters).join("");
    record.addContent(delta);
    yield { type: "text", delta };
    await sleep(pieceEveryMs, undefined, { signal }).catch(() => {
      signal.throwIfAborted();
    });
  }
  const inputTokens = prompt.reduce((sum, message) => sum + countTokens(message.text), 0);
  const outputTokens = countTokens(answer.join(""));
  record.setUsage({ inputTokens, outputTokens });
  yield { type: "finish", reason: "stop" };
}
