import { makeErrorBody } from "../error-body";
import type { Call, Scenario } from "../scenario";
import { streamText } from "./answers";

/** Whether Parley asks for a summary here: the turns stand between tags. */
const asksForSummary = ({ userText }: Call) => userText.includes("<turns>");

/** The words in capitals with a number, such as FACT-12: what a test wants remembered. */
const findFacts = (text: string) => [...new Set(text.match(/\b[A-Z]+-\d+\b/g) ?? [])];

/** Answers as `plain` does, and to a request for a summary as it is told. */
function summarise(write: Scenario): Scenario {
  return async (call) => {
    if (asksForSummary(call)) {
      await write(call);
      return;
    }
    await streamText(call, `You said: ${call.userText}`);
    if (!call.isClosed()) await call.answer.finish();
  };
}

/** A summary with all facts that it was shown, those of the summary before it too. */
const tellFacts = async (call: Call) => {
  const isChinese = /[\u4e00-\u9fff]/.test(call.userText.replace(/<[^>]*>/g, ""));
  const facts = findFacts(call.userText).join(" ");
  const text = isChinese ? `摘要：谈到了 ${facts}。` : `They spoke of ${facts}.`;
  await streamText(call, text);
  if (!call.isClosed()) await call.answer.finish();
};

/** Model names begin with `sums`; all of them answer ordinary turns. */
export const summaries: Record<string, Scenario> = {
  sums: summarise(tellFacts),
  "sums-slow": summarise(async (call) => {
    await call.waitForRelease();
    await tellFacts(call);
  }),
  "sums-empty": summarise((call) => call.answer.finish()),
  "sums-cut": summarise(async (call) => {
    await streamText(call, "They spoke of the first half of a");
    await call.answer.finish("length");
  }),
  "sums-thoughts": summarise(async (call) => {
    await call.answer.addReasoning("They spoke of this and that. I should write that down.");
    await call.answer.finish();
  }),
  "sums-long": summarise(async (call) => {
    await streamText(call, call.userText + call.userText.repeat(20).slice(0, 4_000));
    await call.answer.finish();
  }),
  "sums-error": summarise(({ answer }) => {
    answer.sendJson(
      400,
      makeErrorBody("This request is not valid.", "invalid_request_error", null),
    );
  }),
};
