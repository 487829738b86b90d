"use client";

import { useTranslations } from "next-intl";
import { useState, type SubmitEvent } from "react";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { callApi, toApiError } from "@/lib/client/api";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { focusFirstInvalid, readText } from "@/lib/client/forms";
import { showToast } from "@/lib/client/toasts";
import { limits } from "@/lib/contracts/limits";

type Errors = { current?: string; new?: string };

export function PasswordForm({ email }: { email: string }) {
  const translate = useTranslations("settings.security");
  const sayError = useErrorSentence();
  const [errors, setErrors] = useState<Errors>({});
  const [isBusy, setIsBusy] = useState(false);
  const { passwordMin: min, passwordMax: max } = limits;
  const labels = { showLabel: translate("show"), hideLabel: translate("hide") };

  const findErrors = (currentPassword: string, newPassword: string): Errors => ({
    ...(currentPassword === "" ? { current: translate("currentMissing") } : {}),
    ...(newPassword.length < min ? { new: translate("tooShort", { min }) } : {}),
    ...(newPassword.length > max ? { new: translate("tooLong", { max }) } : {}),
  });

  const submit = async (form: HTMLFormElement) => {
    const currentPassword = readText(form, "current");
    const newPassword = readText(form, "new");
    const wrong = findErrors(currentPassword, newPassword);
    setErrors(wrong);
    if (focusFirstInvalid(form, Object.keys(wrong))) return;
    setIsBusy(true);
    try {
      await callApi("POST", "/api/me/password", { body: { currentPassword, newPassword } });
      form.reset();
      showToast({ text: translate("changed") });
    } catch (error) {
      const { code, details } = toApiError(error);
      if (code === "wrong_password") setErrors({ current: sayError(code, details) });
      else showToast({ text: sayError(code, details), kind: "error" });
    }
    setIsBusy(false);
  };

  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isBusy) void submit(event.currentTarget);
  };

  return (
    <form
      method="post"
      noValidate
      onSubmit={onSubmit}
      className="flex max-w-sm flex-col gap-4 py-5"
    >
      {/* Password managers look for the account that the new password belongs to. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field label={translate("current")} error={errors.current}>
        <PasswordInput name="current" autoComplete="current-password" {...labels} />
      </Field>
      <Field label={translate("new")} hint={translate("newHint", { min })} error={errors.new}>
        <PasswordInput name="new" autoComplete="new-password" {...labels} />
      </Field>
      <SubmitButton variant="secondary" className="self-start" isBusy={isBusy}>
        {translate("submit")}
      </SubmitButton>
    </form>
  );
}
