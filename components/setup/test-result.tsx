"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTestSentence } from "@/lib/client/test-sentence";
import type { ClientErrorCode } from "@/lib/client/api";
import type { ErrorDetails } from "@/lib/contracts/errors";

export type TestOutcome =
  | { isOk: true; modelCount: number }
  | { isOk: false; code: ClientErrorCode; details: ErrorDetails | null };

/** What a test of the connection found, in one plain sentence. Read aloud when it comes. */
export function TestResult({ outcome }: { outcome: TestOutcome | undefined }) {
  const translate = useTranslations("setup.connect");
  const sayError = useTestSentence();
  return (
    <div role="status">
      {outcome?.isOk === true && (
        <p className="flex gap-2.5 rounded-control border border-good/40 bg-good/5 px-3 py-2.5 text-ink">
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
          {outcome.modelCount === 0
            ? translate("worksEmpty")
            : translate("works", { count: outcome.modelCount })}
        </p>
      )}
      {outcome?.isOk === false && (
        <p className="flex gap-2.5 rounded-control border border-bad/40 bg-bad/5 px-3 py-2.5 text-ink">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
          {sayError(outcome.code, outcome.details)}
        </p>
      )}
    </div>
  );
}
