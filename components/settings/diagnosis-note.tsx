"use client";

import { CircleAlert, CircleCheck, CircleHelp, CircleMinus, type LucideIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useTestSentence } from "@/lib/client/test-sentence";
import type { Diagnosis, DiagnosisStep } from "@/lib/contracts/diagnosis";
import { findGroup, findSkipped, groupNames, judge } from "./diagnosis-groups";
import { sayLine, toLines, type NoteLine } from "./step-sentence";
import { useMoment } from "./use-moment";

/** The doctor's note: a verdict, then a sentence for each finding, and what was not tried. */
export function DiagnosisNote({ diagnosis }: { diagnosis: Diagnosis }) {
  const translate = useTranslations("providers.test");
  const verdict = judge(diagnosis);
  const isBad = verdict.kind === "bad" || verdict.kind === "untried";
  const Icon = isBad ? CircleAlert : CircleCheck;
  return (
    <div className="flex flex-col gap-5">
      <div>
        <p className="flex items-start gap-2.5 text-base font-semibold text-ink">
          <Icon
            aria-hidden
            className={`mt-0.5 size-5 shrink-0 ${isBad ? "text-bad" : "text-good"}`}
          />
          {translate(`verdict.${verdict.kind}`, { count: "count" in verdict ? verdict.count : 0 })}
        </p>
        <NoteFacts diagnosis={diagnosis} />
      </div>
      <DiagnosisSteps steps={diagnosis.steps} />
    </div>
  );
}

function NoteFacts({ diagnosis }: { diagnosis: Diagnosis }) {
  const translate = useTranslations("providers.test");
  const format = useFormatter();
  const sayMoment = useMoment();
  const { steps, requests, tokens, modelName, checkedAt } = diagnosis;
  const seconds = steps.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  const facts = [
    ...(modelName === null ? [] : [modelName]),
    translate("checkedAt", { date: sayMoment(checkedAt, true) }),
    translate("meta", {
      requests,
      tokens,
      duration: format.number(seconds, {
        style: "unit",
        unit: "second",
        maximumFractionDigits: seconds < 10 ? 1 : 0,
      }),
    }),
  ];
  return <p className="mt-1 ps-7.5 text-small break-words text-ink-faint">{facts.join(" · ")}</p>;
}

/** What each step found, in groups; also while a test is still under way. */
export function DiagnosisSteps({ steps }: { steps: readonly DiagnosisStep[] }) {
  const translate = useTranslations("providers.test");
  const format = useFormatter();
  return (
    <>
      {groupNames.map((group) => {
        const found = findGroup(steps, group);
        if (found.length === 0) return null;
        return (
          <section key={group}>
            <h3 className="mb-1.5 text-small font-medium text-ink-faint">
              {translate(`groups.${group}`)}
            </h3>
            <ul className="flex flex-col gap-1.5">
              {toLines(found).map((line) => (
                <StepLine key={line[0].name} line={line} />
              ))}
            </ul>
          </section>
        );
      })}
      {findSkipped(steps).map(({ reason, names }) => (
        <p key={reason} className="text-small text-pretty text-ink-faint">
          {translate(`skipped.${reason}`, {
            names: format.list(
              names.map((name) => translate(`names.${name}`)),
              { type: "conjunction" },
            ),
          })}
        </p>
      ))}
    </>
  );
}

// Each finding has a shape of its own: it is never told by colour alone.
const looks: Record<DiagnosisStep["finding"], { Icon: LucideIcon; colour: string }> = {
  ok: { Icon: CircleCheck, colour: "text-good" },
  no: { Icon: CircleMinus, colour: "text-ink-faint" },
  bad: { Icon: CircleAlert, colour: "text-bad" },
  unclear: { Icon: CircleHelp, colour: "text-warn" },
  skipped: { Icon: CircleMinus, colour: "text-ink-faint" },
};

function StepLine({ line }: { line: NoteLine }) {
  const translate = useTranslations("providers.test");
  const format = useFormatter();
  const sayError = useTestSentence();
  const [{ finding }] = line;
  const { Icon, colour } = looks[finding];
  const join = (names: string[]) => format.list(names, { type: "conjunction" });
  return (
    <li className="flex items-start gap-2.5 text-pretty text-ink">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${colour}`} />
      <span className="min-w-0 break-words">
        <span className="sr-only">{translate(`findings.${finding}`)}: </span>
        {sayLine(line, { translate, sayError, join })}
      </span>
    </li>
  );
}
