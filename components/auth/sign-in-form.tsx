"use client";

import { useTranslations } from "next-intl";
import { useState, type SubmitEvent, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { toApiError } from "@/lib/client/api";
import { signInWithPassword, startSso } from "@/lib/client/auth";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { emailSchema } from "@/lib/contracts/accounts";
import type { ErrorCode } from "@/lib/contracts/errors";
import { focusFirstInvalid, readText } from "@/lib/client/forms";
import { Notice } from "./notice";

type Props = {
  /** Where to go afterwards: a path that readNextPath has checked. */
  nextPath: string;
  /** What single sign-on is called here; null when there is none. */
  ssoName: string | null;
  /** What went wrong before, at the single sign-on. */
  errorCode: ErrorCode | null;
};

type Errors = { email?: string; password?: string };

export function SignInForm({ nextPath, ssoName, errorCode }: Props) {
  const translate = useTranslations("auth");
  const sayError = useErrorSentence();
  const [errors, setErrors] = useState<Errors>({});
  const [failure, setFailure] = useState(errorCode === null ? undefined : sayError(errorCode));
  const [isBusy, setIsBusy] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);

  const submit = async (form: HTMLFormElement) => {
    const email = readText(form, "email");
    const password = readText(form, "password");
    const wrong: Errors = {
      ...(emailSchema.safeParse(email).success ? {} : { email: translate("fields.emailInvalid") }),
      ...(password === "" ? { password: translate("fields.passwordMissing") } : {}),
    };
    setErrors(wrong);
    setFailure(undefined);
    if (focusFirstInvalid(form, Object.keys(wrong))) return;
    setIsBusy(true);
    const result = await signInWithPassword(email, password);
    if (result.isOk) {
      // A full load: nothing that was rendered for nobody is shown to somebody.
      window.location.assign(nextPath);
      return;
    }
    setIsBusy(false);
    setFailure(sayError(result.code, result.details));
    focusFirstInvalid(form, ["password"]);
  };

  // What is being corrected is not held against anybody any more.
  const onInput = ({ target }: SyntheticEvent<HTMLFormElement>) => {
    if (target instanceof HTMLInputElement)
      setErrors(({ [target.name as keyof Errors]: _, ...rest }) => rest);
  };
  const leaveForSso = async () => {
    setIsLeaving(true);
    setFailure(undefined);
    try {
      await startSso(nextPath);
    } catch (error) {
      const { code, details } = toApiError(error);
      setFailure(sayError(code, details));
      setIsLeaving(false);
    }
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isBusy) void submit(event.currentTarget);
  };

  return (
    <>
      <form
        method="post"
        noValidate
        onSubmit={onSubmit}
        onInput={onInput}
        className="flex flex-col gap-4"
      >
        <Notice text={failure} />
        <Field label={translate("fields.email")} error={errors.email}>
          <Input name="email" type="email" inputMode="email" autoComplete="username" required />
        </Field>
        <Field label={translate("fields.password")} error={errors.password}>
          <PasswordInput
            name="password"
            autoComplete="current-password"
            required
            showLabel={translate("fields.show")}
            hideLabel={translate("fields.hide")}
          />
        </Field>
        <SubmitButton size="lg" className="mt-2" isBusy={isBusy}>
          {translate("signIn.submit")}
        </SubmitButton>
      </form>
      {ssoName !== null && (
        <>
          <p className="my-5 flex items-center gap-3 text-small text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            {translate("signIn.or")}
          </p>
          <Button
            size="lg"
            className="w-full"
            isBusy={isLeaving}
            onClick={() => void leaveForSso()}
          >
            {translate("signIn.sso", { name: ssoName })}
          </Button>
        </>
      )}
    </>
  );
}
