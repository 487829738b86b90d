"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { callKinds, payers } from "@/lib/contracts/usage";
import type { UsageGrouping, UsageRow } from "@/lib/contracts/usage-reports";
import { useErrorName } from "./use-error-name";
import { useFormats } from "./use-formats";

type Named = Pick<UsageRow, "key" | "label">;

/** What a row of a report is called, also when it stands for nothing, or for what is gone. */
export function useRowName(timeZone: string): (groupBy: UsageGrouping, row: Named) => string {
  const translate = useTranslations("usage");
  const formats = useFormats();
  const nameError = useErrorName();
  return useCallback(
    (groupBy, { key, label }) => {
      const gone = { id: key.slice(-4) };
      switch (groupBy) {
        case "day":
          return formats.date(key);
        case "hour":
          return formats.moment(key, timeZone);
        case "kind": {
          const kind = callKinds.find((one) => one === key);
          return kind === undefined ? key : translate(`kinds.${kind}`);
        }
        case "payer": {
          const payer = payers.find((one) => one === key);
          return payer === undefined ? key : translate(`payers.${payer}`);
        }
        case "error":
          return key === "" ? translate("names.noError") : nameError(key);
        case "model":
          return label ?? translate(key === "" ? "names.noModel" : "names.goneModel", gone);
        case "provider":
          return label ?? translate(key === "" ? "names.noProvider" : "names.goneProvider", gone);
        case "user":
          return label ?? translate(key === "" ? "names.noUser" : "names.goneUser", gone);
        case "group":
          return label ?? translate(key === "" ? "names.noGroup" : "names.goneGroup", gone);
        case "key":
          return label ?? translate(key === "" ? "names.noKey" : "names.goneKey", gone);
        case "conversation":
          if (key === "") return translate("names.noConversation");
          if (label === null) return translate("names.goneConversation");
          return label === "" ? translate("names.untitled") : label;
      }
    },
    [translate, formats, nameError, timeZone],
  );
}
