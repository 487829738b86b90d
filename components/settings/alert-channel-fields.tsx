"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { alertChannelKinds, alertKinds, type AlertChannel } from "@/lib/contracts/alerts";
import { limits } from "@/lib/contracts/limits";
import type { ChannelDraft, ChannelProblems } from "./alert-channel-draft";

type Props = {
  /** null: a new one, whose kind can be chosen. */
  channel: AlertChannel | null;
  canMail: boolean;
  draft: ChannelDraft;
  problems: ChannelProblems;
  onChange: (change: Partial<ChannelDraft>) => void;
};

/** The fields of a channel: those that its kind needs, and no others. */
export function AlertChannelFields(props: Props) {
  const { channel, canMail, draft, problems, onChange } = props;
  const translate = useTranslations("alerts.settings");
  const translateCommon = useTranslations("common");
  const say = (problem: ChannelProblems[keyof ChannelProblems]) =>
    problem === undefined ? undefined : translate(problem);
  return (
    <>
      {channel === null && (
        <Field label={translate("kind")} hint={canMail ? undefined : translate("mailNeeds")}>
          <Select
            value={draft.kind}
            options={alertChannelKinds.map((value) => ({
              value,
              label: translate(`kinds.${value}`),
              isDisabled: value === "mail" && !canMail,
            }))}
            onValueChange={(kind) => {
              onChange({ kind });
            }}
          />
        </Field>
      )}
      <Field label={translate("name")} error={say(problems.name)}>
        <Input
          value={draft.name}
          autoComplete="off"
          maxLength={limits.nameCharacters}
          onChange={(event) => {
            onChange({ name: event.currentTarget.value });
          }}
        />
      </Field>
      <TargetFields {...props} />
      <WantsField {...props} error={say(problems.wants)} />
      <Field label={translate("locale")}>
        <Select
          value={draft.locale}
          options={(["en", "zh-CN"] as const).map((value) => ({
            value,
            label: translateCommon(`languages.${value}`),
          }))}
          onValueChange={(locale) => {
            onChange({ locale });
          }}
        />
      </Field>
    </>
  );
}

/** Where it leads: addresses of mail, or one of the web with the secret that belongs to it. */
function TargetFields({ channel, draft, problems, onChange }: Props) {
  const translate = useTranslations("alerts.settings");
  const say = (problem: ChannelProblems[keyof ChannelProblems]) =>
    problem === undefined ? undefined : translate(problem);
  const where = translate(`where.${draft.kind}`);
  if (draft.kind === "mail") {
    return (
      <Field label={translate("recipients")} hint={where} error={say(problems.recipients)}>
        <Textarea
          rows={2}
          value={draft.recipients}
          inputMode="email"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            onChange({ recipients: event.currentTarget.value });
          }}
        />
      </Field>
    );
  }
  const isSigned = draft.kind === "dingtalk" || draft.kind === "feishu";
  const isMoving = channel !== null && draft.url.trim() !== "";
  return (
    <>
      <Field
        label={translate("url")}
        hint={channel === null ? where : translate("urlKept", { host: channel.target })}
        error={say(problems.url)}
      >
        <Input
          type="url"
          inputMode="url"
          value={draft.url}
          autoComplete="off"
          spellCheck={false}
          maxLength={2000}
          placeholder={channel === null ? "https://" : undefined}
          onChange={(event) => {
            onChange({ url: event.currentTarget.value });
          }}
        />
      </Field>
      {isSigned && (
        <Field
          label={translate("secret")}
          hint={translate(isMoving ? "secretAgain" : "secretHint")}
          error={say(problems.secret)}
        >
          <PasswordInput
            value={draft.secret}
            autoComplete="off"
            maxLength={500}
            showLabel={translate("showSecret")}
            hideLabel={translate("hideSecret")}
            onChange={(event) => {
              onChange({ secret: event.currentTarget.value });
            }}
          />
        </Field>
      )}
    </>
  );
}

function WantsField({ draft, error, onChange }: Props & { error: string | undefined }) {
  const translate = useTranslations("alerts.settings");
  return (
    <fieldset>
      <legend className="mb-1.5 text-ui font-medium text-ink">{translate("wants")}</legend>
      <div className="flex flex-col gap-1">
        {alertKinds.map((kind) => {
          const isWanted = draft.wants.includes(kind);
          return (
            <label key={kind} className="flex min-h-7 items-center gap-2.5">
              <input
                type="checkbox"
                checked={isWanted}
                className="size-4 shrink-0"
                onChange={() => {
                  onChange({
                    wants: isWanted
                      ? draft.wants.filter((other) => other !== kind)
                      : [...draft.wants, kind],
                  });
                }}
              />
              {translate(`alertKinds.${kind}`)}
            </label>
          );
        })}
      </div>
      <p role="alert" className="mt-1.5 text-small text-bad empty:hidden">
        {error}
      </p>
    </fieldset>
  );
}
