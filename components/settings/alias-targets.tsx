"use client";

import { useTranslations } from "next-intl";
import type { Alias } from "@/lib/contracts/aliases";
import { ModelStateMark } from "./health-mark";

/** The models behind an alias, in the order in which they are tried, and those in trouble. */
export function AliasTargets({ alias: { name, isEnabled, targets } }: { alias: Alias }) {
  const translate = useTranslations("aliases");
  const [first, ...rest] = targets;
  const isDead = targets.every((target) => !target.isEnabled);
  return (
    <>
      <p className="mt-0.5 text-small break-words text-ink-faint">
        {first !== undefined && rest.length === 0 && first.label === name && first.providerName}
        {first !== undefined &&
          rest.length === 0 &&
          first.label !== name &&
          `${first.label} · ${first.providerName}`}
        {first !== undefined && rest.length > 0 && (
          <>
            {translate("first", { name: first.label })}
            {rest.map(({ modelId, label }) => (
              <span key={modelId}>{translate("then", { name: label })}</span>
            ))}
          </>
        )}
      </p>
      {isEnabled && isDead && (
        <p className="mt-0.5 text-small text-warn">
          {translate("dead", { count: targets.length })}
        </p>
      )}
      {targets.map((target) => (
        <ModelStateMark
          key={target.modelId}
          modelId={target.modelId}
          label={target.label}
          isTroubleOnly
        />
      ))}
    </>
  );
}
