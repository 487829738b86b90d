"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { limits } from "@/lib/contracts/limits";
import { useParameter } from "./parameter-context";
import { ParameterRow } from "./parameter-row";

const counts = Array.from({ length: limits.candidates }, (_, at) => at + 1);

/** How many answers: one is what every model gives unasked. */
export function ParameterCount() {
  const translate = useTranslations("parameters.names");
  const id = useId();
  const { value, set } = useParameter("n");
  return (
    <ParameterRow
      name="n"
      id={id}
      aside={
        <div
          role="radiogroup"
          aria-label={translate("n")}
          aria-describedby={`${id}-about ${id}-note`}
          className="flex rounded-control border border-line-strong p-0.5"
        >
          {counts.map((count) => (
            <label
              key={count}
              className="flex h-7 min-w-8 cursor-pointer items-center justify-center rounded-md text-ui text-ink-soft tabular-nums hover:bg-hover has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name={`${id}-count`}
                className="sr-only"
                checked={(value ?? 1) === count}
                onChange={() => {
                  set(count === 1 ? undefined : count);
                }}
              />
              {count}
            </label>
          ))}
        </div>
      }
    />
  );
}
