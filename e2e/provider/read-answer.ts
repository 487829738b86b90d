import { z } from "zod";

const chunkSchema = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        delta: z.looseObject({
          content: z.string().nullish(),
          reasoning_content: z.string().optional(),
        }),
        finish_reason: z.string().nullable(),
      }),
    )
    .optional(),
  usage: z.unknown().optional(),
  error: z.unknown().optional(),
});

/** What a client makes of a streamed body: for the tests of this folder. */
export function readAnswer(body: string) {
  const lines = body.split("\n\n").filter((line) => line !== "");
  const isDone = lines.at(-1) === "data: [DONE]";
  const events = isDone ? lines.slice(0, -1) : lines;
  const chunks = events.map((line) =>
    chunkSchema.parse(JSON.parse(line.slice("data: ".length)) as unknown),
  );
  const choices = chunks.flatMap((chunk) => chunk.choices ?? []);
  return {
    isDone,
    text: choices.map((choice) => choice.delta.content ?? "").join(""),
    reasoning: choices.map((choice) => choice.delta.reasoning_content ?? "").join(""),
    finishReason: choices.at(-1)?.finish_reason ?? null,
    usage: chunks.find((chunk) => chunk.usage !== undefined)?.usage,
    error: chunks.find((chunk) => chunk.error !== undefined)?.error,
  };
}
