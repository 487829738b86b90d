import * as fc from "fast-check";
import { contextPolicyKinds, type ContextPolicy, type TokenCounts } from "@/lib/contracts/context";
import { noCounts } from "../tokens/sum-counts";
import { makeRuler, type Ruler } from "../tokens/ruler";
import type { PlanInput, PlanMessage, ToolUse } from "./plan-input";
import type { PlanRoom } from "./plan-result";

/** Counts a third of a token for each code unit of a text: quick, and the same however it is cut. */
export const quickRuler: Ruler = {
  surety: "estimated",
  perMessage: 4,
  perCall: 3,
  measure: ({ o200k }) => Math.ceil(o200k / 3),
  count: (text) => ({ ...noCounts, o200k: text.length }),
};

/** The rulers of models with an encoding of their own, and without. */
export const realRulers = ["gpt-5", "gpt-4", "qwen-max"].map((name) => makeRuler(name));

const pieces = [
  "人工智能正在改变我们的生活方式，请继续说明。",
  "The quick brown fox jumps over the lazy dog. ",
  "const total = items.reduce((sum, { cost }) => sum + cost, 0);\n",
  "👨‍👩‍👧‍👦🏳️‍🌈👍🏽🇨🇳🇩🇪",
  "é̂ñ𠮷𝔘 ",
  "0123456789",
  "\n\n",
  "| a | b |\n|---|---|\n",
  "啊",
  "😀",
];

const plainText = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "grapheme", maxLength: 12 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join(""));

const giantText = (mostRepeats: number) =>
  fc
    .tuple(
      fc.constantFrom(...pieces, "word "),
      fc.integer({ min: 50, max: mostRepeats }),
      plainText,
    )
    .map(([piece, times, end]) => piece.repeat(times) + end);

const anyText = (mostRepeats: number) =>
  fc.oneof({ weight: 8, arbitrary: plainText }, { weight: 1, arbitrary: giantText(mostRepeats) });

const anyToolUse = (text: fc.Arbitrary<string>): fc.Arbitrary<ToolUse> =>
  fc.record({
    id: fc.constant("call"),
    name: fc.constantFrom("search", "read_file"),
    arguments: fc.constantFrom("{}", '{"query":"天气"}'),
    result: text,
  });

/** A message before it has its place and its tokens. */
const draftMessage = (text: fc.Arbitrary<string>) =>
  fc.record(
    {
      role: fc.constantFrom("user" as const, "assistant" as const),
      text,
      imageTokens: fc.constantFrom(0, 0, 0, 0, 85, 765),
      toolUses: fc.oneof(
        { weight: 5, arbitrary: fc.constant([]) },
        fc.array(anyToolUse(text), { maxLength: 3 }),
      ),
      reasoning: fc.oneof({ weight: 4, arbitrary: fc.constant("") }, plainText),
      mark: fc.constantFrom("auto", "auto", "auto", "auto", "pinned", "excluded"),
    },
    { noNullPrototype: true },
  );
type DraftMessage =
  ReturnType<typeof draftMessage> extends fc.Arbitrary<infer Draft> ? Draft : never;

const policy: fc.Arbitrary<ContextPolicy> = fc.record({
  kind: fc.constantFrom(...contextPolicyKinds),
  rounds: fc.integer({ min: 1, max: 12 }),
  tokens: fc.oneof(fc.integer({ min: 500, max: 5_000 }), fc.integer({ min: 500, max: 200_000 })),
});

const window = fc.oneof(
  fc.integer({ min: 500, max: 4_000 }),
  fc.integer({ min: 500, max: 60_000 }),
  fc.constantFrom(128_000, 400_000, 2_000_000),
);

/** A conversation of any shape, and the room of a model for it. */
export type History = { input: PlanInput; room: PlanRoom };

/** Whatever may come: marks, starts, summaries, tools, giants, all policies, windows of all sizes. */
export function histories(
  rulers: readonly Ruler[],
  { mostMessages, mostRepeats }: { mostMessages: number; mostRepeats: number },
): fc.Arbitrary<History> {
  const text = anyText(mostRepeats);
  return fc
    .record({
      ruler: fc.constantFrom(...rulers),
      drafts: fc.array(draftMessage(text), { minLength: 1, maxLength: mostMessages }),
      isAlternating: fc.boolean(),
      system: fc.option(text, { freq: 3 }),
      summary: fc.option(fc.record({ text, share: fc.double({ min: 0, max: 1, noNaN: true }) })),
      isCarried: fc.boolean(),
      startShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 4 }),
      isSummaryOff: fc.boolean(),
      goesOn: fc.constantFrom(false, false, false, true),
      toolTokens: fc.constantFrom(0, 0, 120),
      policy,
      window,
      replyShare: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
      sendsReasoning: fc.boolean(),
    })
    .map(({ ruler, drafts, summary, ...rest }): History => {
      const branch = drafts.map((draft, at): PlanMessage =>
        toMessage(draft, at, rest, drafts, ruler),
      );
      const place = (share: number) => branch[Math.floor(share * (branch.length - 1))]?.id ?? null;
      return {
        input: {
          system: rest.system,
          summary:
            summary === null
              ? null
              : {
                  id: "summary",
                  text: summary.text,
                  counts: ruler.count(summary.text),
                  coversToId: rest.isCarried ? null : place(summary.share),
                },
          branch,
          isWhole: true,
          newestCount: rest.goesOn ? Math.min(3, branch.length) : 1,
          policy: rest.policy,
          context: {
            marks: Object.fromEntries(
              drafts.flatMap(({ mark }, at) =>
                mark === "auto" ? [] : [[String(at), mark] as const],
              ),
            ),
            startId: rest.startShare === null ? null : place(rest.startShare),
            isSummaryOff: rest.isSummaryOff,
          },
          toolTokens: rest.toolTokens,
        },
        room: {
          window: rest.window,
          reply: Math.floor(rest.window * rest.replyShare),
          ruler,
          sendsReasoning: rest.sendsReasoning,
        },
      };
    });
}

function toMessage(
  draft: DraftMessage,
  at: number,
  { isAlternating }: { isAlternating: boolean },
  drafts: readonly DraftMessage[],
  ruler: Ruler,
): PlanMessage {
  const fromEnd = drafts.length - 1 - at;
  const alternating = fromEnd % 2 === 0 ? "user" : "assistant";
  const role = isAlternating || fromEnd === 0 ? alternating : draft.role;
  const { text, imageTokens, toolUses, reasoning } = draft;
  const counts: TokenCounts = ruler.count(text);
  return role === "user"
    ? { id: String(at), role, text, counts, imageTokens }
    : {
        id: String(at),
        role,
        text: text === "" ? "…" : text,
        counts: ruler.count(text || "…"),
        toolUses,
        reasoning,
      };
}
