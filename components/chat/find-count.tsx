"use client";

import { useTranslations } from "next-intl";
import { useFind, useFindState } from "./find-context";

/** "3 of 12", or why there is no number. */
export function FindCount() {
  const translate = useTranslations("chat.find");
  const find = useFind();
  const status = useFindState((state) => state.status);
  const at = useFindState((state) => state.at);
  const count = useFindState((state) => state.matches.length);
  const isCut = useFindState((state) => state.isCut);
  if (status === "failed") {
    return (
      <span role="alert" className="shrink-0 text-small text-ink-soft">
        {translate("failed")}{" "}
        <button
          type="button"
          className="rounded-sm text-accent hover:underline"
          onClick={() => void find.repeat()}
        >
          {translate("retry")}
        </button>
      </span>
    );
  }
  const counted =
    count === 0
      ? translate("none")
      : translate(isCut ? "countCut" : "count", { at: at + 1, count });
  return (
    <span role="status" className="shrink-0 text-small text-ink-faint tabular-nums">
      {status === "searching" && count === 0 && translate("searching")}
      {(status === "ready" || (status === "searching" && count > 0)) && counted}
    </span>
  );
}
