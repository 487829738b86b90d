import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = {
  label: string;
  value: string;
  placeholder: string;
  problemId: string | undefined;
  onChange: (text: string) => void;
};

/** An amount of money as one types it. */
export function PriceAmountField({ label, value, placeholder, problemId, onChange }: Props) {
  return (
    <Field label={label} className="min-w-0">
      <Input
        value={value}
        inputMode="decimal"
        autoComplete="off"
        placeholder={placeholder}
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
