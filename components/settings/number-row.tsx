import type { ReactNode } from "react";
import { readWholeNumber } from "@/lib/client/whole-number";
import { TextRow } from "./text-row";

type Props = {
  label: string;
  hint?: ReactNode;
  /** null: nothing is set. */
  value: number | null;
  /** What holds while nothing is set. */
  placeholder: string;
  /** What is said of a number that does not fit. */
  invalidText: string;
  isRight: (number: number) => boolean;
  onSave: (number: number | null) => Promise<boolean>;
};

/** A whole number that may be left empty. Give it a key with the value, so that an undo shows. */
export function NumberRow(props: Props) {
  const { label, hint, value, placeholder, invalidText, isRight, onSave } = props;
  const read = (text: string) => (text === "" ? null : readWholeNumber(text));
  return (
    <TextRow
      isNumber
      label={label}
      hint={hint}
      value={value === null ? "" : String(value)}
      placeholder={placeholder}
      maxLength={15}
      findError={(text) => {
        const number = read(text);
        return number === null || isRight(number) ? undefined : invalidText;
      }}
      onSave={async (text) => {
        const number = read(text);
        // The same number may be written in another way.
        return number === value || (await onSave(number));
      }}
    />
  );
}
