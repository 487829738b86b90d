"use client";

import { useTranslations } from "next-intl";
import { readMeasuredCurrency, type Measure } from "./plot-data";
import { Segments } from "./segments";

type Props = { value: Measure; possible: readonly Measure[]; onChange: (value: Measure) => void };

/** What a plot draws: cost in one currency, tokens or calls. */
export function MeasureSwitch({ value, possible, onChange }: Props) {
  const translate = useTranslations("usage.measure");
  const hasBoth = possible.includes("cost:CNY") && possible.includes("cost:USD");
  const say = (measure: Measure) => {
    if (measure === "tokens" || measure === "calls") return translate(measure);
    return hasBoth
      ? translate("costIn", { currency: readMeasuredCurrency(measure) ?? "" })
      : translate("cost");
  };
  return (
    <Segments
      label={translate("label")}
      value={value}
      options={possible.map((measure) => ({ value: measure, label: say(measure) }))}
      onChange={onChange}
    />
  );
}
