"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { FormDialog } from "@/components/ui/form-dialog";
import { toApiError } from "@/lib/client/api";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";
import { alertKinds, type AlertChannel } from "@/lib/contracts/alerts";
import { createAlertChannel, patchAlertChannel } from "./alert-api";
import {
  checkDraft,
  toAlertKinds,
  type ChannelDraft,
  type ChannelProblems,
} from "./alert-channel-draft";
import { AlertChannelFields } from "./alert-channel-fields";
import { AlertSecret } from "./alert-secret";

type Props = {
  /** null: a new one. */
  channel: AlertChannel | null;
  canMail: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onChanged: () => void;
};

/** Asks for what a kind of channel needs; after a new webhook, shows its secret this once. */
export function AlertChannelDialog({ channel, canMail, onOpenChange, onChanged }: Props) {
  const translate = useTranslations("alerts.settings");
  const translateCommon = useTranslations("common");
  const sayError = useErrorSentence();
  const locale = useLocale();
  const [draft, setDraft] = useState<ChannelDraft>(() => openDraft(channel, locale));
  const [problems, setProblems] = useState<ChannelProblems>({});
  const [failure, setFailure] = useState<string>();
  const [secret, setSecret] = useState<string>();

  const submit = async () => {
    const checked = checkDraft(draft, channel === null);
    setProblems(checked.problems ?? {});
    setFailure(undefined);
    if (checked.problems !== null) return;
    try {
      const made = await save(checked.config);
      onChanged();
      if (typeof made === "string") setSecret(made);
      else onOpenChange(false);
      showToast({ text: translateCommon("saved") });
    } catch (error) {
      const { code, details } = toApiError(error);
      const isAddress = code === "provider_address_refused";
      setFailure(isAddress ? translate("failures.address_refused") : sayError(code, details));
    }
  };
  /** Returns the secret of a new webhook. */
  const save = async (config: ReturnType<typeof checkDraft>["config"]) => {
    const common = {
      name: draft.name.trim(),
      alertKinds: toAlertKinds(draft.wants),
      locale: draft.locale,
      ...(config === null || config === undefined ? {} : { config }),
    };
    if (channel !== null) return patchAlertChannel(channel.id, common);
    if (common.config === undefined) return undefined;
    return (await createAlertChannel({ ...common, config: common.config })).secret;
  };

  return (
    <FormDialog
      title={
        channel === null ? translate("addTitle") : translate("editTitle", { name: channel.name })
      }
      onOpenChange={onOpenChange}
      problem={failure}
      outcome={
        secret === undefined
          ? undefined
          : {
              title: translate("secretTitle", { name: draft.name.trim() }),
              text: translate("secretText"),
              content: <AlertSecret secret={secret} />,
            }
      }
      onSubmit={submit}
    >
      <AlertChannelFields
        channel={channel}
        canMail={canMail}
        draft={draft}
        problems={problems}
        onChange={(change) => {
          setDraft((before) => ({ ...before, ...change }));
          setProblems({});
        }}
      />
    </FormDialog>
  );
}

function openDraft(channel: AlertChannel | null, locale: ChannelDraft["locale"]): ChannelDraft {
  if (channel === null) {
    const kind = locale === "zh-CN" ? "dingtalk" : "slack";
    return { kind, name: "", url: "", secret: "", recipients: "", wants: alertKinds, locale };
  }
  const { kind, name, target } = channel;
  return {
    kind,
    name,
    url: "",
    secret: "",
    recipients: kind === "mail" ? target : "",
    wants: channel.alertKinds.length === 0 ? alertKinds : channel.alertKinds,
    locale: channel.locale,
  };
}
