"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { AlertFacts } from "@/lib/contracts/alerts";
import { describeAlert } from "@/lib/domain/alerts/describe-alert";

/**
 * Says an alert in a plain sentence.
 *
 * @param userId whose page it is; null where nobody's budgets are called theirs.
 */
export function useAlertSentence(userId: string | null): (facts: AlertFacts) => string {
  const translate = useTranslations("alerts.sentences");
  const locale = useLocale();
  return useCallback(
    (facts) => {
      const sayTokens = (count: number) => translate("tokens", { count });
      const { key, values } = describeAlert(facts, { locale, userId, sayTokens });
      return translate(key, values);
    },
    [locale, translate, userId],
  );
}
