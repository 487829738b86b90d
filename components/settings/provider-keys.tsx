"use client";

import { useTranslations } from "next-intl";
import { limits } from "@/lib/contracts/limits";
import type { Provider } from "@/lib/contracts/providers";
import { ItemAdd } from "./item-add";
import { patchProvider } from "./models-api";
import { ProviderKeyDialog } from "./provider-key-dialog";
import { ProviderKeyRow } from "./provider-key-row";
import { SavedSwitch } from "./saved-switch";
import { SettingsSection } from "./settings-section";

type Props = { provider: Provider; onChanged: () => Promise<void> };

/** The instance's keys of a provider and how each does; no part of any of them. */
export function ProviderKeys({ provider, onChanged }: Props) {
  const translate = useTranslations("providers.keys");
  const { id, keys, source, hasKey, allowsMemberKeys } = provider;
  const isEnvironment = source === "environment";
  const isFull = keys.length >= limits.keysPerProvider;

  return (
    <SettingsSection
      title={translate("title")}
      text={isFull ? translate("tooMany", { max: limits.keysPerProvider }) : translate("text")}
      {...(isEnvironment
        ? {}
        : {
            action: (
              <ItemAdd
                label={translate("add")}
                isDisabled={isFull}
                dialog={(onOpenChange) => (
                  <ProviderKeyDialog
                    provider={provider}
                    onOpenChange={onOpenChange}
                    onChanged={onChanged}
                  />
                )}
              />
            ),
          })}
    >
      {keys.length > 0 && (
        <ul className="divide-y divide-line">
          {keys.map((key) => (
            <ProviderKeyRow
              key={key.id}
              providerId={id}
              providerKey={key}
              isLast={keys.length === 1}
              onChanged={onChanged}
            />
          ))}
        </ul>
      )}
      {isEnvironment && hasKey && (
        <div className="py-4">
          <p className="text-ink">{translate("environment")}</p>
          <p className="text-small text-ink-faint">{translate("environmentHint")}</p>
        </div>
      )}
      {!hasKey && <p className="py-4 text-ink-soft">{translate("none")}</p>}
      <div className="flex items-start gap-4 py-4">
        <div className="min-w-0 flex-1">
          <p id={`${id}-members`} className="font-medium text-ink">
            {translate("members")}
          </p>
          <p id={`${id}-members-hint`} className="mt-1 text-pretty text-ink-soft">
            {translate("membersHint")}
          </p>
        </div>
        <SavedSwitch
          isOn={allowsMemberKeys}
          aria-labelledby={`${id}-members`}
          aria-describedby={`${id}-members-hint`}
          onSave={async (isOn) => {
            await patchProvider(id, { allowsMemberKeys: isOn });
            await onChanged();
          }}
        />
      </div>
    </SettingsSection>
  );
}
