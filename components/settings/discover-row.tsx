import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import type { DiscoveredModel } from "@/lib/contracts/discovery";

type Props = { model: DiscoveredModel; isChosen: boolean; onToggle: (name: string) => void };

/** A model to tick; one that was added already only says so. */
export function DiscoverRow({ model, isChosen, onToggle }: Props) {
  const translate = useTranslations("aliases.discover");
  const id = useId();
  const { name, modelId, isListed } = model;
  const rowClass =
    "flex min-h-11 items-center gap-3 px-2 py-2 [contain-intrinsic-size:auto_2.75rem] [content-visibility:auto]";

  if (modelId !== null)
    return (
      <li className={rowClass}>
        <Check aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <span className="min-w-0 flex-1 break-all text-ink-soft">{name}</span>
        <span className="shrink-0 text-small text-ink-faint">
          {translate(isListed ? "known" : "unlisted")}
        </span>
      </li>
    );
  return (
    <li>
      <label htmlFor={id} className={`${rowClass} rounded-control hover:bg-hover`}>
        <input
          id={id}
          type="checkbox"
          checked={isChosen}
          className="size-4 shrink-0"
          onChange={() => {
            onToggle(name);
          }}
        />
        <span className="min-w-0 flex-1 break-all">{name}</span>
        {!isListed && (
          <span className="shrink-0 text-small text-ink-faint">{translate("typed")}</span>
        )}
      </label>
    </li>
  );
}
