"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Select } from "@/components/ui/select";
import type { CompareResult } from "@/lib/contracts/usage-reports";
import { findChange } from "./change";
import { CostLines, type Rate } from "./cost-lines";
import { FreshPart } from "./fresh-part";
import { convert, microsOf } from "./money";
import { Part } from "./part";
import type { Days } from "./period";
import { findComparePath, readComparison } from "./usage-api";
import type { Filters } from "./usage-filter";
import { useFresh } from "./use-fresh";
import { useFormats } from "./use-formats";

export type ModelChoice = { id: string; label: string };

type Props = {
  models: readonly ModelChoice[];
  days: Days;
  filters: Filters;
  rate: Rate;
};

/** What the traffic of the period would have cost on another model. */
export function ComparePart({ models, days, filters, rate }: Props) {
  const translate = useTranslations("usage.compare");
  const id = useId();
  const [modelId, setModelId] = useState("");
  return (
    <Part title={translate("title")} text={translate("text")}>
      <div className="flex flex-wrap items-center gap-3">
        <label htmlFor={id} className="text-ink-soft">
          {translate("model")}
        </label>
        <Select
          id={id}
          className="w-72 max-w-full"
          value={modelId}
          options={[
            { value: "", label: translate("choose") },
            ...models.map(({ id: value, label }) => ({ value, label })),
          ]}
          onValueChange={setModelId}
        />
      </div>
      {modelId !== "" && <Comparison days={days} filters={filters} modelId={modelId} rate={rate} />}
    </Part>
  );
}

type ComparisonProps = Omit<Props, "models"> & { modelId: string };

function Comparison({ days, filters, modelId, rate }: ComparisonProps) {
  const fresh = useFresh(findComparePath(days, filters, modelId), readComparison);
  return (
    <div className="mt-5" aria-live="polite">
      <FreshPart fresh={fresh} skeletonClass="h-24">
        {(result) => <Compared result={result} rate={rate} />}
      </FreshPart>
    </div>
  );
}

function Compared({ result, rate }: { result: CompareResult; rate: Rate }) {
  const translate = useTranslations("usage.compare");
  const formats = useFormats();
  const { model, actual, compared, unpriced } = result;
  const change = compared === null ? null : findDifference();
  return (
    <>
      <dl className="flex flex-wrap gap-x-12 gap-y-4">
        <div>
          <dt className="text-ink-soft">{translate("actual")}</dt>
          <dd className="mt-1">
            <CostLines costs={actual} unpriced={unpriced} rate={rate} />
          </dd>
        </div>
        {compared !== null && (
          <div>
            <dt className="text-ink-soft">{translate("compared", { model: model.label })}</dt>
            <dd className="mt-1">
              <CostLines costs={[compared]} unpriced={0} rate={rate} />
            </dd>
          </div>
        )}
        {change !== null && (
          <div>
            <dt className="text-ink-soft">{translate("difference")}</dt>
            <dd className="mt-1 text-xl font-semibold tabular-nums">{formats.change(change)}</dd>
          </div>
        )}
      </dl>
      <p className="mt-4 text-small text-pretty text-ink-soft">
        {compared === null ? translate("unknown", { model: model.label }) : translate("caution")}
      </p>
    </>
  );

  /** As a share; null where the two can't be compared, or something of the first is unknown. */
  function findDifference(): number | null {
    if (compared === null || unpriced > 0) return null;
    const { currency, micros } = compared;
    const isSame = actual.every((amount) => amount.currency === currency);
    if (isSame) return findChange(micros, microsOf(actual, currency));
    const paid = convert(actual, currency, rate.cnyPerUsdMicros);
    return paid === null ? null : findChange(micros, paid.micros);
  }
}
