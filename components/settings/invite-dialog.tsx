"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { callApi, toApiError } from "@/lib/client/api";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { emailSchema, inviteCreatedSchema, type Invite } from "@/lib/contracts/accounts";
import { InviteLink } from "./invite-link";

type Props = { onOpenChange: (isOpen: boolean) => void; onCreated: (invite: Invite) => void };

const roles = ["member", "admin"] as const;
const lifetimes = ["1", "7", "30"] as const;

/** Makes an invite, then shows its link, this once. */
export function InviteDialog({ onOpenChange, onCreated }: Props) {
  const translate = useTranslations("settings.people");
  const sayError = useErrorSentence();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<(typeof roles)[number]>("member");
  const [days, setDays] = useState<(typeof lifetimes)[number]>("7");
  const [problem, setProblem] = useState<string>();
  const [url, setUrl] = useState<string>();

  const create = async () => {
    const isFor = email.trim();
    if (isFor !== "" && !emailSchema.safeParse(isFor).success) {
      setProblem(translate("emailInvalid"));
      return;
    }
    setProblem(undefined);
    try {
      const body = { role, expiresInDays: Number(days), ...(isFor === "" ? {} : { email: isFor }) };
      const schema = inviteCreatedSchema;
      const created = await callApi("POST", "/api/admin/invites", { body, schema });
      onCreated(created.invite);
      setUrl(created.url);
    } catch (error) {
      const { code, details } = toApiError(error);
      setProblem(sayError(code, details));
    }
  };

  return (
    <FormDialog
      title={translate("inviteTitle")}
      onOpenChange={onOpenChange}
      submitLabel={translate("make")}
      outcome={
        url === undefined
          ? undefined
          : {
              title: translate("linkTitle"),
              text: translate("linkText"),
              content: <InviteLink url={url} />,
            }
      }
      onSubmit={create}
    >
      <Field label={translate("inviteEmail")} hint={translate("inviteEmailHint")} error={problem}>
        <Input
          type="email"
          inputMode="email"
          autoComplete="off"
          value={email}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
          }}
        />
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field label={translate("inviteRole")}>
          <Select
            value={role}
            options={roles.map((value) => ({ value, label: translate(`roles.${value}`) }))}
            onValueChange={setRole}
          />
        </Field>
        <Field label={translate("inviteDays")}>
          <Select
            value={days}
            options={lifetimes.map((value) => ({
              value,
              label: translate("days", { count: Number(value) }),
            }))}
            onValueChange={setDays}
          />
        </Field>
      </div>
    </FormDialog>
  );
}
