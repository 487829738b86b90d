import { mergeFacts, type ModelFacts, type ModelFamily } from "./model-family";

const checkedAt = "2026-11-22";
const models = { url: "https://developers.openai.com/api/docs/models", checkedAt };
const reasoningGuide = {
  url: "https://developers.openai.com/api/docs/guides/reasoning",
  checkedAt,
};

const modern: ModelFacts = {
  capabilities: {
    streaming: "yes",
    usageInStream: "yes",
    tools: "yes",
    vision: "yes",
    json: "yes",
    jsonSchema: "yes",
  },
};

/** Models that answer at once: everything can be set. */
const plain = mergeFacts(modern, {
  capabilities: { reasoning: "no" },
  parameters: {
    temperature: "yes",
    topP: "yes",
    frequencyPenalty: "yes",
    presencePenalty: "yes",
    stop: "yes",
    n: "yes",
    seed: "yes",
    reasoningEffort: "no",
  },
});

/** Models that always think: sampling is theirs. */
const thinking = mergeFacts(modern, {
  capabilities: { reasoning: "yes" },
  parameters: {
    temperature: "no",
    topP: "no",
    frequencyPenalty: "no",
    presencePenalty: "no",
    stop: "no",
    reasoningEffort: "yes",
  },
  reasoningEfforts: ["low", "medium", "high"],
});

/** Models that think as much as they are told, and let the sampling be set when that is not at all. */
const optional = mergeFacts(modern, {
  capabilities: { reasoning: "yes" },
  parameters: { temperature: "yes", topP: "yes", stop: "no", reasoningEffort: "yes" },
  reasoningEfforts: ["none", "low", "medium", "high", "xhigh"],
});

const withoutImages: ModelFacts = { capabilities: { vision: "no" } };

/** A model's name, also with the date of a version behind it. */
const named = (name: string) =>
  new RegExp(`^${name.replaceAll(".", "\\.")}(?:-\\d{4}-\\d{2}-\\d{2})?$`);

const long = { contextWindow: 1_050_000, maxOutputTokens: 128_000, source: models };
const medium = { contextWindow: 400_000, maxOutputTokens: 128_000, source: reasoningGuide };
const gateway = (name: string) => ({
  url: `https://vercel.com/ai-gateway/models/${name}`,
  checkedAt,
});
const reasoner = { contextWindow: 200_000, maxOutputTokens: 100_000, source: models };

/** OpenAI's chat models; those of its other interfaces have no card. */
export const openAiModels: readonly ModelFamily[] = [
  { pattern: named("gpt-6-(?:sol|luna|astra)"), facts: thinking, ...long },
  {
    // It has no "none"; its "max" is not to be had by this API.
    pattern: named("gpt-6.1-sol"),
    label: "GPT-6.1 Sol",
    facts: mergeFacts(thinking, { reasoningEfforts: ["low", "medium", "high", "xhigh"] }),
    ...long,
    source: gateway("gpt-6.1-sol"),
  },
  {
    pattern: named("gpt-6.2-sol"),
    label: "GPT-6.2 Sol",
    facts: thinking,
    ...long,
    source: gateway("gpt-6.2-sol"),
  },
  {
    pattern: named("gpt-5.6(?:-(?:sol|luna|terra))?"),
    facts: mergeFacts(thinking, { reasoningEfforts: ["none", "low", "medium", "high", "xhigh"] }),
    ...long,
  },
  {
    pattern: named("gpt-5.5"),
    label: "GPT-5.5",
    facts: mergeFacts(thinking, { reasoningEfforts: ["none", "low", "medium", "high", "xhigh"] }),
    ...long,
  },
  { pattern: named("gpt-5.4"), label: "GPT-5.4", facts: optional, ...long },
  { pattern: named("gpt-5.4-(?:mini|nano)"), facts: optional, source: models },
  { pattern: named("gpt-5.2"), label: "GPT-5.2", facts: optional, ...medium },
  {
    pattern: named("gpt-5.1"),
    label: "GPT-5.1",
    facts: mergeFacts(optional, { reasoningEfforts: ["none", "low", "medium", "high"] }),
    ...medium,
  },
  {
    pattern: named("gpt-5(?:-mini|-nano)?"),
    facts: mergeFacts(thinking, { reasoningEfforts: ["minimal", "low", "medium", "high"] }),
    ...medium,
  },
  {
    pattern: named("gpt-5-chat-latest"),
    facts: mergeFacts(modern, { capabilities: { reasoning: "no" } }),
    contextWindow: 128_000,
    maxOutputTokens: 16_384,
    source: models,
  },
  {
    pattern: named("gpt-4.1(?:-mini|-nano)?"),
    facts: plain,
    contextWindow: 1_047_576,
    maxOutputTokens: 32_768,
    source: models,
  },
  {
    pattern: named("gpt-4o(?:-mini)?"),
    facts: plain,
    contextWindow: 128_000,
    maxOutputTokens: 16_384,
    source: models,
  },
  {
    pattern: named("gpt-4-turbo"),
    label: "GPT-4 Turbo",
    facts: mergeFacts(plain, { capabilities: { jsonSchema: "no" } }),
    contextWindow: 128_000,
    maxOutputTokens: 4_096,
    source: models,
  },
  {
    pattern: named("gpt-4"),
    label: "GPT-4",
    facts: mergeFacts(plain, { capabilities: { vision: "no", json: "no", jsonSchema: "no" } }),
    contextWindow: 8_192,
    maxOutputTokens: 8_192,
    source: models,
  },
  {
    pattern: named("gpt-3.5-turbo"),
    label: "GPT-3.5 Turbo",
    facts: mergeFacts(plain, { capabilities: { vision: "no", jsonSchema: "no" } }),
    contextWindow: 16_385,
    maxOutputTokens: 4_096,
    source: models,
  },
  { pattern: named("o4-mini"), label: "o4-mini", facts: thinking, ...reasoner },
  { pattern: named("o3"), label: "o3", facts: thinking, ...reasoner },
  {
    pattern: named("o3-mini"),
    label: "o3-mini",
    facts: mergeFacts(thinking, withoutImages),
    ...reasoner,
  },
  { pattern: named("o1"), label: "o1", facts: thinking, ...reasoner },
];
