"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Select } from "@/components/ui/select";
import { callApi } from "@/lib/client/api";
import { inOrder } from "@/lib/client/in-order";
import { chooseLocale, chooseTheme } from "@/lib/client/preferences";
import type { Profile } from "@/lib/contracts/accounts";
import type { ContextPolicy } from "@/lib/contracts/context";
import { locales, themes, type Theme } from "@/lib/contracts/preferences";
import { limits } from "@/lib/contracts/limits";
import { ContextPolicyRow } from "./context-policy-row";
import { SettingRow } from "./setting-row";
import { SystemPromptRow } from "./system-prompt-row";
import { TextRow } from "./text-row";
import { useSave } from "./use-save";

type Props = { profile: Profile; initialTheme: Theme; instancePolicy: ContextPolicy };

/** One's own name, language, appearance, system prompt and context policy, each saved by itself. */
export function ProfileSettings({ profile, initialTheme, instancePolicy }: Props) {
  const translate = useTranslations("settings.profile");
  const translateContext = useTranslations("settings.contextSettings.ownPolicy");
  const translateCommon = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  const save = useSave();
  const [theme, setTheme] = useState(initialTheme);
  const [name, setName] = useState(profile.name);
  const [systemPrompt, setSystemPrompt] = useState(profile.systemPrompt ?? "");
  const [policy, setPolicy] = useState(profile.contextPolicy);

  const saveName = async (next: string) => {
    await callApi("PATCH", "/api/me", { body: { name: next } });
    setName(next);
    router.refresh();
  };
  const saveSystemPrompt = async (next: string) => {
    const body = { systemPrompt: next.trim() === "" ? null : next };
    await callApi("PATCH", "/api/me", { body });
    setSystemPrompt(next);
  };
  const savePolicy = async (contextPolicy: ContextPolicy | null) => {
    const body = { contextPolicy };
    await inOrder("context-policy", () => callApi("PATCH", "/api/me", { body }));
    setPolicy(contextPolicy);
  };

  return (
    <div className="divide-y divide-line border-y border-line">
      <TextRow
        key={`name-${name}`}
        label={translate("name")}
        hint={translate("nameHint")}
        value={name}
        maxLength={limits.nameCharacters}
        autoComplete="name"
        findError={(text) => (text === "" ? translate("nameMissing") : undefined)}
        onSave={(next) => save({ change: () => saveName(next), undo: () => saveName(name) })}
      />
      <SettingRow label={translate("email")} hint={translate("emailHint")} isStatic>
        <p className="break-all text-ink-soft sm:text-end">{profile.email}</p>
      </SettingRow>
      <SettingRow label={translateCommon("language")}>
        <Select
          value={locale}
          options={locales.map((value) => ({
            value,
            label: translateCommon(`languages.${value}`),
          }))}
          onValueChange={(next) => {
            chooseLocale(next, { isSignedIn: true });
            router.refresh();
          }}
        />
      </SettingRow>
      <SettingRow label={translateCommon("theme")}>
        <Select
          value={theme}
          options={themes.map((value) => ({ value, label: translateCommon(`themes.${value}`) }))}
          onValueChange={(next) => {
            chooseTheme(next, { isSignedIn: true });
            setTheme(next);
          }}
        />
      </SettingRow>
      <SystemPromptRow
        key={`prompt-${systemPrompt}`}
        label={translate("systemPrompt")}
        hint={translate("systemPromptHint")}
        placeholder={translate("systemPromptPlaceholder")}
        value={systemPrompt}
        onSave={(next) =>
          save({
            change: () => saveSystemPrompt(next),
            undo: () => saveSystemPrompt(systemPrompt),
          })
        }
      />
      <ContextPolicyRow
        label={translateContext("label")}
        hint={translateContext("hint")}
        value={policy}
        inherited={{ policy: instancePolicy, label: translateContext("inherited") }}
        onPatch={savePolicy}
      />
    </div>
  );
}
