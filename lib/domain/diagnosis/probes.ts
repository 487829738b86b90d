import type { ParameterName } from "@/lib/contracts/parameters";
import type { Json } from "../chat-completions/json";

/** What a probe adds to the model's name: messages, and whatever it tries. */
export type Probe = Json & { messages: Json[] };

export const ask = (content: unknown, rest: Json = {}): Probe => ({
  messages: [{ role: "user", content }],
  ...rest,
});

/** Tokens of the first answer: few enough that a limit which is not heeded is seen. */
export const tinyTokens = 16;
/** Tokens of the others, with room for a few thoughts. */
export const roomyTokens = 512;

export const lastNumber = "60";

/** Its answer is longer than the limit, so that the limit shows. */
export const countProbe = ask(
  `Count from 1 to ${lastNumber}, with spaces between the numbers. Nothing else.`,
);

/** A question that thinking models think about, and the others answer in a word. */
export const thinkProbe = ask("Which is larger, 9.11 or 9.9? Answer with the number only.");

export const toolName = "report_number";
const tool = {
  type: "function",
  function: {
    name: toolName,
    description: "Reports a number.",
    parameters: {
      type: "object",
      properties: { value: { type: "integer", description: "The number." } },
      required: ["value"],
    },
  },
};
export const toolProbe = ask(`Call ${toolName} with the value 7.`, { tools: [tool] });

// Without a schema or JSON mode nobody would answer this with an object.
const sky = "What colour is a clear sky at noon? (Plain text or JSON, as you were told to.)";
export const jsonProbe = ask(sky, { response_format: { type: "json_object" } });

/** The name in the schema, which no answer has by chance. */
export const schemaField = "sky_code";
export const schemaProbe = ask(sky, {
  response_format: {
    type: "json_schema",
    json_schema: {
      name: "sky",
      strict: true,
      schema: {
        type: "object",
        properties: { [schemaField]: { type: "integer" } },
        required: [schemaField],
        additionalProperties: false,
      },
    },
  },
});

const earlier = { role: "user", content: "Say: one." };
const next = { role: "user", content: "Say: two." };

/** An earlier answer with its thoughts, as if they had to go back. */
export const makeThoughtsProbe = (field: "reasoning_content" | "reasoning"): Probe => ({
  messages: [
    earlier,
    { role: "assistant", content: "One.", [field]: "They want to hear a number." },
    next,
  ],
});

/** A call of a tool without the thoughts before it: where some want them back. */
export const bareCallProbe: Probe = {
  messages: [
    { role: "user", content: `Call ${toolName} with the value 7.` },
    {
      role: "assistant",
      content: "",
      tool_calls: [
        {
          id: "call_1",
          type: "function",
          function: { name: toolName, arguments: '{"value":7}' },
        },
      ],
    },
    { role: "tool", tool_call_id: "call_1", content: "Reported." },
  ],
  tools: [tool],
};

/** A word of the answer below, where the answer is to end. */
const stopWord = "5";

/** Parameters that are tried together, by the field that they are sent in. */
export const triedFields = {
  temperature: { temperature: 0.4 },
  topP: { top_p: 0.9 },
  frequencyPenalty: { frequency_penalty: 0.2 },
  presencePenalty: { presence_penalty: 0.2 },
  stop: { stop: [stopWord] },
  n: { n: 2 },
  seed: { seed: 7 },
} satisfies Partial<Record<ParameterName, Json>>;

export type TriedName = keyof typeof triedFields;

export const triedNames = Object.keys(triedFields) as TriedName[];

export const makeParameterProbe = (names: readonly TriedName[]): Probe =>
  ask(
    "Count from 1 to 9, with spaces between the numbers. Nothing else.",
    Object.fromEntries(names.flatMap((name) => Object.entries<unknown>(triedFields[name]))),
  );

/** Whether an answer to the probe above goes on behind the word that it should have ended at. */
export const isPastStop = (text: string) => text.includes(stopWord);
