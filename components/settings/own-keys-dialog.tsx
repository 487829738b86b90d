"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { PasswordInput } from "@/components/ui/password-input";
import { toApiError } from "@/lib/client/api";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";
import { memberKeySchema, type MemberProvider } from "@/lib/contracts/providers";
import { saveOwnKey } from "./own-keys-api";

type Props = {
  provider: MemberProvider;
  onOpenChange: (isOpen: boolean) => void;
  onChanged: () => Promise<void>;
};

/** Asks for a key. It stays in this form until the server has it, and is never shown again. */
export function OwnKeyDialog({ provider, onOpenChange, onChanged }: Props) {
  const translate = useTranslations("aliases.ownKeys");
  const sayError = useErrorSentence();
  const [key, setKey] = useState("");
  const [problem, setProblem] = useState<string>();
  const { id, name, host } = provider;

  const submit = async () => {
    const checked = memberKeySchema.safeParse({ key, host });
    if (!checked.success) {
      setProblem(translate(key.trim() === "" ? "missing" : "invalid"));
      return;
    }
    try {
      await saveOwnKey(id, checked.data);
      showToast({ text: translate("saved", { name }) });
      onOpenChange(false);
      await onChanged();
    } catch (error) {
      const { code, details } = toApiError(error);
      setProblem(code === "conflict" ? translate("moved") : sayError(code, details));
    }
  };

  return (
    <FormDialog
      title={translate("title", { name })}
      description={translate("promise", { host })}
      onOpenChange={onOpenChange}
      onSubmit={submit}
    >
      <Field label={translate("key")} error={problem}>
        <PasswordInput
          value={key}
          autoComplete="off"
          maxLength={1000}
          showLabel={translate("show")}
          hideLabel={translate("hide")}
          onChange={(event) => {
            setKey(event.currentTarget.value);
            setProblem(undefined);
          }}
        />
      </Field>
    </FormDialog>
  );
}
