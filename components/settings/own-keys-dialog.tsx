"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
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
  const translateCommon = useTranslations("common");
  const sayError = useErrorSentence();
  const formId = useId();
  const [key, setKey] = useState("");
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const { id, name, host } = provider;

  const submit = async () => {
    const checked = memberKeySchema.safeParse({ key, host });
    if (!checked.success) {
      setProblem(translate(key.trim() === "" ? "missing" : "invalid"));
      return;
    }
    setIsBusy(true);
    try {
      await saveOwnKey(id, checked.data);
      showToast({ text: translate("saved", { name }) });
      onOpenChange(false);
      await onChanged();
    } catch (error) {
      const { code, details } = toApiError(error);
      setProblem(code === "conflict" ? translate("moved") : sayError(code, details));
      setIsBusy(false);
    }
  };

  return (
    <Dialog
      title={translate("title", { name })}
      description={translate("promise", { host })}
      isOpen
      onOpenChange={onOpenChange}
      footer={
        <>
          <Button
            onClick={() => {
              onOpenChange(false);
            }}
          >
            {translateCommon("cancel")}
          </Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            {translateCommon("save")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        method="post"
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          if (!isBusy) void submit();
        }}
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
      </form>
    </Dialog>
  );
}
