"use client";

import { useTranslations } from "next-intl";
import type { Model, ModelPatch, ProviderKind } from "@/lib/contracts/providers";
import { findOrigin, type FactOrigin, type FactPath } from "./model-facts";
import { useMoment } from "./use-moment";
import { useSave } from "./use-save";

type Props = {
  model: Model;
  kind: ProviderKind;
  path: FactPath;
  /** What the fact is called. */
  label: string;
  onPatch: (patch: ModelPatch) => Promise<void>;
};

/** Where a fact comes from; one that was set by hand can go back to automatic. */
export function FactOriginText({ model, kind, path, label, onPatch }: Props) {
  const translate = useTranslations("providers.model");
  const sayMoment = useMoment();
  const save = useSave();
  const origin = findOrigin(model, kind, path);

  if (origin.from === "hand")
    return (
      <span className="text-small text-ink-faint">
        {translate("from.hand")} ·{" "}
        <button
          type="button"
          aria-label={translate("unfixLabel", { name: label })}
          className="rounded-sm text-accent underline decoration-1 underline-offset-4 hover:decoration-2"
          onClick={() =>
            void save({
              change: () => onPatch({ unfix: [path] }),
              text: translate("unfixed", { name: label }),
            })
          }
        >
          {translate("unfix")}
        </button>
      </span>
    );
  if (origin.from === "none") return null;
  return <span className="text-small text-ink-faint">{describe(origin)}</span>;

  function describe(known: Exclude<FactOrigin, { from: "none" } | { from: "hand" }>) {
    if (known.from === "dialect") return translate("from.dialect");
    if (known.from === "diagnosis")
      return translate("from.diagnosis", { date: sayMoment(known.date) });
    const date = known.date === null ? "" : sayMoment(known.date);
    const { url } = known;
    if (url === null) return translate("from.preset", { date });
    return translate.rich("from.presetLink", {
      date,
      link: (text) => (
        <a
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          className="rounded-sm underline decoration-1 underline-offset-4 hover:text-ink hover:decoration-2"
        >
          {text}
        </a>
      ),
    });
  }
}
