import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import type { ErrorDetails } from "@/lib/contracts/errors";
import { diagnosisStepNames, type DiagnosisStep } from "@/lib/contracts/diagnosis";
import { makeStep } from "@/lib/domain/diagnosis/details";
import en from "@/messages/en/providers.json";
import zh from "@/messages/zh-CN/providers.json";
import { sayLine, toLines } from "./step-sentence";

const languages = { en, "zh-CN": zh };
type Language = keyof typeof languages;

function say(locale: Language, ...steps: DiagnosisStep[]): string[] {
  const translate = createTranslator({
    locale,
    messages: { providers: languages[locale] },
    namespace: "providers.test",
    onError: (error) => {
      throw error;
    },
  });
  const join = (names: string[]) => new Intl.ListFormat(locale).format(names);
  const sayError = (code: string, details?: ErrorDetails | null) =>
    `<${[code, details?.["fault"] ?? []].flat().join(" ")}>`;
  return toLines(steps).map((line) => sayLine(line, { translate, sayError, join }));
}

const findings = ["ok", "no", "unclear", "bad"] as const;

describe.each(["en", "zh-CN"] as const)("the note in %s", (locale) => {
  it.each(diagnosisStepNames)("has a sentence for each finding of %s", (name) => {
    for (const finding of findings) {
      for (const isRefused of [true, false]) {
        const [sentence = ""] = say(locale, {
          ...makeStep(name, finding),
          details: { isRefused },
        });
        expect(sentence).toMatch(/[.。]\s?$/);
        expect(sentence).not.toMatch(/\{|\}|undefined/);
      }
    }
  });

  it.each(diagnosisStepNames)("tells in words why %s failed", (name) => {
    const step = makeStep(name, "bad", { errorCode: "provider_timeout" });
    expect(say(locale, step).join()).toContain("<provider_timeout>");
  });

  it("says of a certificate what the wizard says of it", () => {
    const details = { fault: "handshake" } as const;
    const step = makeStep("certificate", "bad", {
      errorCode: "provider_certificate_refused",
      details,
    });
    expect(say(locale, step)).toEqual(["<provider_certificate_refused handshake>"]);
    expect(
      say(locale, makeStep("certificate", "skipped", { details: { reason: "http" } })),
    ).not.toEqual(say(locale, makeStep("certificate", "ok")));
  });
});

describe("the note", () => {
  it("says in one sentence which parameters did alike", () => {
    const refused = { details: { isRefused: true } };
    expect(
      say(
        "en",
        makeStep("temperature", "ok"),
        makeStep("topP", "ok"),
        makeStep("frequencyPenalty", "no", refused),
        makeStep("stop", "no"),
        makeStep("n", "no", refused),
        makeStep("seed", "ok"),
      ),
    ).toEqual([
      "It takes temperature, top P, and a seed.",
      "It refuses frequency penalty and several answers at once. Parley leaves that out.",
      "It takes no notice of stop words. Parley leaves that out.",
    ]);
  });

  it("names the values that were found", () => {
    expect(
      say(
        "en",
        makeStep("reachable", "ok", { details: { ms: 28.4 } }),
        makeStep("models", "ok", { details: { count: 103, isListed: false } }),
        makeStep("outputLimit", "ok", { details: { field: "max_completion_tokens" } }),
        makeStep("reasoning", "ok", { details: { field: "reasoning_content" } }),
        makeStep("reasoningEffort", "ok", { details: { values: "low, high" } }),
      ),
    ).toEqual([
      "The address answers in 28 ms.",
      "It lists 103 models, but not the one that was tried. Check its name.",
      "The length of an answer can be limited (with max_completion_tokens).",
      "It thinks, and shows it (in reasoning_content).",
      "How hard it thinks can be set: low, high.",
    ]);
    expect(say("zh-CN", makeStep("answers", "ok", { details: { ms: 1240 } }))).toEqual([
      "能够回答，几个字用时 1.2 秒。",
    ]);
  });

  it("warns of a server that lets anybody in", () => {
    const open = makeStep("key", "unclear", { details: { isChecked: false } });
    expect(say("en", open)[0]).toContain("Whoever reaches this address");
  });
});
