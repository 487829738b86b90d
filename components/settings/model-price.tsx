"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useId, useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { priceSchema, type ModelPatch, type ModelPrice } from "@/lib/contracts/providers";
import { readMicros, writeMicros } from "./money";
import { useSave } from "./use-save";

type Currency = ModelPrice["currency"];
type Props = { price: ModelPrice | null; onPatch: (patch: ModelPatch) => Promise<void> };

/** What a model costs from now on. Saved as a whole: half a price is none. */
export function ModelPrice({ price, onPatch }: Props) {
  const translate = useTranslations("providers.model");
  const format = useFormatter();
  const save = useSave();
  const problemId = useId();
  const [currency, setCurrency] = useState<Currency>(price?.currency ?? "CNY");
  const [input, setInput] = useState(price === null ? "" : writeMicros(price.inputMicros));
  const [output, setOutput] = useState(price === null ? "" : writeMicros(price.outputMicros));
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);

  const typed: ModelPrice | null | undefined = readPrice();
  const isChanged =
    typed === undefined || JSON.stringify(typed) !== JSON.stringify(orderPrice(price));

  function readPrice(): ModelPrice | null | undefined {
    if (input.trim() === "" && output.trim() === "") return null;
    const read = { currency, inputMicros: readMicros(input), outputMicros: readMicros(output) };
    return priceSchema.safeParse(read).success ? read : undefined;
  }

  const submit = async () => {
    if (typed === undefined) {
      const isHalf = input.trim() === "" || output.trim() === "";
      setProblem(translate(isHalf ? "priceBoth" : "priceInvalid"));
      return;
    }
    setIsBusy(true);
    await save({ change: () => onPatch({ price: typed }), undo: () => onPatch({ price }) });
    setIsBusy(false);
  };
  const change = (set: (text: string) => void) => (text: string) => {
    setProblem(undefined);
    set(text);
  };

  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-3 py-5"
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        if (!isBusy) void submit();
      }}
    >
      <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-[9rem_1fr_1fr_auto]">
        <Field label={translate("currency")} className="max-sm:col-span-2">
          <Select
            value={currency}
            options={(["CNY", "USD"] as const).map((value) => ({
              value,
              label: translate(`currencies.${value}`),
            }))}
            onValueChange={setCurrency}
          />
        </Field>
        <AmountField
          label={translate("input")}
          value={input}
          problemId={problem === undefined ? undefined : problemId}
          onChange={change(setInput)}
        />
        <AmountField
          label={translate("outputPrice")}
          value={output}
          problemId={problem === undefined ? undefined : problemId}
          onChange={change(setOutput)}
        />
        <Button
          type="submit"
          className="h-10 max-sm:col-span-2"
          isBusy={isBusy}
          disabled={!isChanged}
        >
          {translate("savePrice")}
        </Button>
      </div>
      <p id={problemId} role="alert" className="text-small text-bad empty:hidden">
        {problem}
      </p>
      <p className="text-small text-ink-faint">{describe()}</p>
    </form>
  );

  function describe(): string {
    if (price === null) return translate("priceUnknown");
    const say = (amount: number) =>
      format.number(amount / 1_000_000, {
        style: "currency",
        currency: price.currency,
        maximumFractionDigits: 6,
      });
    return `${translate("input")} ${say(price.inputMicros)} · ${translate("outputPrice")} ${say(price.outputMicros)}`;
  }
}

type AmountProps = {
  label: string;
  value: string;
  problemId: string | undefined;
  onChange: (text: string) => void;
};

function AmountField({ label, value, problemId, onChange }: AmountProps) {
  return (
    <Field label={label}>
      <Input
        value={value}
        inputMode="decimal"
        autoComplete="off"
        placeholder="—"
        maxLength={16}
        className="tabular-nums"
        aria-invalid={problemId !== undefined}
        aria-describedby={problemId}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
    </Field>
  );
}

function orderPrice(price: ModelPrice | null): ModelPrice | null {
  if (price === null) return null;
  const { currency, inputMicros, outputMicros } = price;
  return { currency, inputMicros, outputMicros };
}
