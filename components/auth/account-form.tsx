"use client";

import { useTranslations } from "next-intl";
import { useState, type SubmitEvent, type SyntheticEvent } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { callApi, toApiError } from "@/lib/client/api";
import { signInWithPassword } from "@/lib/client/auth";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { emailSchema } from "@/lib/contracts/accounts";
import { limits } from "@/lib/contracts/limits";
import { focusFirstInvalid, readText } from "@/lib/client/forms";
import { Notice } from "./notice";

type Props = {
  submitLabel: string;
  /** Where to go with the new account. */
  nextPath: string;
  invite?: string;
  /** The address that the invite is bound to. */
  email?: string;
};

type Errors = { name?: string; email?: string; password?: string };

/** Makes an account, the first one or an invited one, and signs in with it. */
export function AccountForm({ submitLabel, nextPath, invite, email: givenEmail }: Props) {
  const translate = useTranslations("auth.fields");
  const sayError = useErrorSentence();
  const [errors, setErrors] = useState<Errors>({});
  const [failure, setFailure] = useState<string>();
  const [length, setLength] = useState(0);
  const [isBusy, setIsBusy] = useState(false);
  const { passwordMin, passwordMax } = limits;

  const findErrors = (name: string, email: string, password: string): Errors => ({
    ...(name === "" ? { name: translate("nameMissing") } : {}),
    ...(emailSchema.safeParse(email).success ? {} : { email: translate("emailInvalid") }),
    ...(password.length < passwordMin
      ? { password: translate("passwordTooShort", { min: passwordMin }) }
      : {}),
    ...(password.length > passwordMax
      ? { password: translate("passwordTooLong", { max: passwordMax }) }
      : {}),
  });

  const submit = async (form: HTMLFormElement) => {
    const name = readText(form, "name").trim();
    const email = readText(form, "email");
    const password = readText(form, "password");
    const wrong = findErrors(name, email, password);
    setErrors(wrong);
    setFailure(undefined);
    if (focusFirstInvalid(form, Object.keys(wrong))) return;
    setIsBusy(true);
    try {
      const body = { name, email, password, ...(invite === undefined ? {} : { invite }) };
      await callApi("POST", "/api/register", { body });
      const result = await signInWithPassword(email, password);
      // The account is there; should signing in have failed, the sign-in page says why next time.
      window.location.assign(
        result.isOk ? nextPath : `/sign-in?next=${encodeURIComponent(nextPath)}`,
      );
    } catch (error) {
      const { code, details } = toApiError(error);
      setIsBusy(false);
      setFailure(sayError(code, details));
    }
  };

  // What is being corrected is not held against anybody any more.
  const onInput = ({ target }: SyntheticEvent<HTMLFormElement>) => {
    if (target instanceof HTMLInputElement)
      setErrors(({ [target.name as keyof Errors]: _, ...rest }) => rest);
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
      onInput={onInput}
      className="flex flex-col gap-4"
    >
      <Notice text={failure} />
      <Field label={translate("name")} hint={translate("nameHint")} error={errors.name}>
        <Input name="name" autoComplete="name" maxLength={limits.nameCharacters} required />
      </Field>
      <Field label={translate("email")} error={errors.email}>
        <Input
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          maxLength={limits.emailCharacters}
          defaultValue={givenEmail}
          readOnly={givenEmail !== undefined}
          required
        />
      </Field>
      <Field
        label={translate("password")}
        hint={<PasswordHint length={length} />}
        error={errors.password}
      >
        <PasswordInput
          name="password"
          autoComplete="new-password"
          required
          showLabel={translate("show")}
          hideLabel={translate("hide")}
          onChange={(event) => {
            setLength(event.currentTarget.value.length);
          }}
        />
      </Field>
      <SubmitButton size="lg" className="mt-2" isBusy={isBusy}>
        {submitLabel}
      </SubmitButton>
    </form>
  );
}

function PasswordHint({ length }: { length: number }) {
  const translate = useTranslations("auth.fields");
  const { passwordMin } = limits;
  if (length === 0) return translate("passwordHint", { min: passwordMin });
  if (length < passwordMin) return translate("passwordShort", { missing: passwordMin - length });
  return <span className="text-good">{translate("passwordGood")}</span>;
}
