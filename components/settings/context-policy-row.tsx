"use client";

import { useRef, useState, type ReactNode } from "react";
import { PolicyFields } from "@/components/ui/policy-fields";
import type { ContextPolicy } from "@/lib/contracts/context";
import { SettingRow } from "./setting-row";
import { useSave } from "./use-save";

type Props<Policy extends ContextPolicy | null> = {
  label: string;
  hint?: ReactNode;
  value: Policy;
  /** What holds without a choice of one's own; given, `null` can be chosen. */
  inherited?: { policy: ContextPolicy; label: string };
  /** Saves it, after what was saved before. @throws ApiError */
  onPatch: (policy: Policy) => Promise<void>;
};

/** How much of a conversation goes along where nothing else was chosen. Saved at once, with undo. */
export function ContextPolicyRow<Policy extends ContextPolicy | null>(props: Props<Policy>) {
  const { label, hint, value, inherited, onPatch } = props;
  const save = useSave();
  const [chosen, setChosen] = useState<{ policy: Policy } | null>(null);
  const choices = useRef(0);
  const shown = chosen === null ? value : chosen.policy;

  const choose = async (policy: Policy) => {
    const choice = ++choices.current;
    setChosen({ policy });
    await save({ change: () => onPatch(policy), undo: () => onPatch(shown) });
    // Another choice was made meanwhile: that one is shown until it is saved.
    if (choice === choices.current) setChosen(null);
  };

  return (
    <SettingRow label={label} hint={hint} isWide isStatic>
      <PolicyFields
        legend={label}
        value={shown}
        {...(inherited === undefined ? {} : { inherited })}
        // Without `inherited`, null is no choice.
        onChange={(policy) => void choose(policy as Policy)}
      />
    </SettingRow>
  );
}
