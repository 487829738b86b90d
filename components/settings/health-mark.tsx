"use client";

import { clsx } from "clsx";
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleSlash,
  Clock,
  KeyRound,
  type LucideIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ModelState } from "@/lib/contracts/aliases";
import { useModelHealth } from "./health-context";
import { HealthDialog } from "./health-dialog";

// Each state has a shape of its own: it is never told by colour alone.
const looks: Record<ModelState, { Icon: LucideIcon; colour: string }> = {
  ok: { Icon: CircleCheck, colour: "text-good" },
  slow: { Icon: Clock, colour: "text-warn" },
  failing: { Icon: CircleAlert, colour: "text-bad" },
  resting: { Icon: CirclePause, colour: "text-bad" },
  aside: { Icon: KeyRound, colour: "text-bad" },
  off: { Icon: CircleSlash, colour: "text-ink-faint" },
  unknown: { Icon: CircleDashed, colour: "text-ink-faint" },
};

const troubles: readonly ModelState[] = ["slow", "failing", "resting", "aside"];

type Props = {
  modelId: string;
  /** What the model is called. */
  label: string;
  /** Nothing while all is well, and the model's name when not. */
  isTroubleOnly?: boolean;
};

/** The state of a model in a word; a press tells more. Nothing until it is known. */
export function ModelStateMark({ modelId, label, isTroubleOnly = false }: Props) {
  const translate = useTranslations("aliases.health");
  const health = useModelHealth(modelId);
  const [isOpen, setIsOpen] = useState(false);
  if (health === undefined) return null;
  const { state } = health;
  const isTrouble = troubles.includes(state);
  // That it is switched off stands beside the switch already.
  if (state === "off" || (isTroubleOnly && !isTrouble)) return null;
  const { Icon, colour } = looks[state];
  return (
    <>
      <button
        type="button"
        className={clsx(
          "flex min-h-6 items-center gap-1.5 rounded-control text-small hover:underline",
          isTrouble ? colour : "text-ink-faint",
        )}
        aria-label={translate("open", { name: label, state: translate(`states.${state}`) })}
        onClick={() => {
          setIsOpen(true);
        }}
      >
        <Icon aria-hidden className={clsx("size-3.5 shrink-0", colour)} />
        {isTroubleOnly
          ? translate("trouble", { name: label, state: translate(`states.${state}`) })
          : translate(`states.${state}`)}
      </button>
      {isOpen && <HealthDialog health={health} label={label} onOpenChange={setIsOpen} />}
    </>
  );
}
