"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ApiError } from "@/lib/client/api";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { useComposition } from "@/lib/client/use-composition";
import { limits } from "@/lib/contracts/limits";

type PresetNameFormProps = {
  initialName: string;
  /** @returns what went wrong; then the form stays. */
  onSave: (name: string) => Promise<ApiError | null>;
  onClose: () => void;
};

/** Asks what a preset is to be called. */
export function PresetNameForm({ initialName, onSave, onClose }: PresetNameFormProps) {
  const translate = useTranslations("parameters.presets");
  const composition = useComposition();
  const form = useRef<HTMLDivElement>(null);
  const [name, setName] = useState(initialName);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const sayFault = useFaultSentence();
  const close = () => {
    // The field that has the focus goes away; the panel stays.
    form.current?.closest<HTMLElement>("[role=dialog]")?.focus();
    onClose();
  };
  const save = async () => {
    if (name.trim() === "" || isBusy) return;
    setIsBusy(true);
    const fault = await onSave(name.trim());
    setIsBusy(false);
    if (fault === null) close();
    else setError(fault);
  };
  return (
    <div
      ref={form}
      data-owns-escape
      className="flex items-start gap-2"
      onKeyDown={(event) => {
        if (composition.isComposing(event)) return;
        if (event.key === "Escape") close();
        else if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
          event.preventDefault();
          void save();
        }
      }}
    >
      <Field
        label={translate("name")}
        isLabelHidden
        error={error === null ? null : sayFault(error)}
        className="min-w-0 flex-1"
      >
        <Input
          ref={focusAndSelect}
          value={name}
          maxLength={limits.nameCharacters}
          placeholder={translate("name")}
          autoComplete="off"
          className="h-8! px-2.5!"
          onChange={(event) => {
            setName(event.currentTarget.value);
            setError(null);
          }}
          onCompositionEnd={composition.onCompositionEnd}
        />
      </Field>
      <Button
        size="sm"
        variant="primary"
        disabled={name.trim() === ""}
        isBusy={isBusy}
        onClick={() => void save()}
      >
        {translate("confirm")}
      </Button>
      <Button size="sm" variant="ghost" onClick={close}>
        {translate("cancel")}
      </Button>
    </div>
  );
}

function focusAndSelect(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}

function useFaultSentence(): (error: ApiError) => string {
  const translate = useTranslations("parameters.presets");
  const sayError = useErrorSentence();
  return ({ code, details }) => {
    if (code !== "conflict") return sayError(code, details);
    return details?.["reason"] === "too_many"
      ? translate("tooMany", { count: limits.parameterPresets })
      : translate("nameTaken");
  };
}
