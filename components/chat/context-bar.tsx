"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ShownPlan } from "@/lib/client/chat/context-plan-shown";
import type { PlanParts } from "@/lib/contracts/context";

/** In the order in which they are sent; what is one's own in accent, the rest in tints of ink. */
const segments = [
  ["system", "bg-ink/70"],
  ["tools", "bg-ink/45"],
  ["summary", "bg-accent/45"],
  ["history", "bg-accent/75"],
  ["files", "bg-ink/30"],
  ["draft", "bg-accent"],
  ["reply", "bg-line-strong/70"],
] as const satisfies readonly (readonly [keyof PlanParts, string])[];

/** What a window is filled with: a bar, and each part of it in figures. */
export function ContextBar({ shown }: { shown: ShownPlan }) {
  const translate = useTranslations("context.gauge.parts");
  const format = useFormatter();
  const { parts, window } = shown;
  const filled = segments.filter(([name]) => parts[name] > 0);
  // Without a window, what is sent fills the bar.
  const whole = window ?? sum(filled.map(([name]) => parts[name]));
  return (
    <div className="flex flex-col gap-2.5">
      <div
        aria-hidden
        className="flex h-1.5 gap-px overflow-hidden rounded-full bg-line ring-1 ring-line"
      >
        {filled.map(([name, color]) => (
          <div
            key={name}
            className={`min-w-px shrink ${color}`}
            style={{ width: `${String((100 * parts[name]) / Math.max(1, whole))}%` }}
          />
        ))}
      </div>
      <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-2 gap-y-1 text-small tabular-nums">
        {filled.map(([name, color]) => (
          <Part
            key={name}
            name={translate(name)}
            color={color}
            tokens={format.number(parts[name])}
          />
        ))}
        {parts.free !== null && (
          <Part
            name={translate("free")}
            color="bg-line"
            tokens={format.number(Math.max(0, parts.free))}
          />
        )}
      </dl>
    </div>
  );
}

function Part({ name, color, tokens }: { name: string; color: string; tokens: string }) {
  return (
    <div className="col-span-3 grid grid-cols-subgrid items-center">
      <span aria-hidden className={`size-2 rounded-full ${color}`} />
      <dt className="text-ink-soft">{name}</dt>
      <dd className="text-end">{tokens}</dd>
    </div>
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
