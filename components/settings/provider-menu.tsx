"use client";

import { Settings2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { MenuItem } from "@/components/ui/menu";
import type { Provider } from "@/lib/contracts/providers";
import { ItemMenu } from "./item-menu";
import { deleteProvider } from "./models-api";

type Props = { provider: Provider; modelCount: number; onChanged: () => Promise<void> };

/** What is seldom done to a provider: changing how it is reached and called, and deleting it. */
export function ProviderMenu({ provider, modelCount, onChanged }: Props) {
  const translate = useTranslations("settings.models");
  const translatePage = useTranslations("providers.page");
  const router = useRouter();
  const { id, name, source, isEnabled } = provider;
  // What the environment gives is changed there; once it is gone there, it may go here.
  const isFixed = source === "environment" && isEnabled;
  if (isFixed) return null;

  return (
    <ItemMenu
      label={translate("moreOf", { name })}
      removal={{
        label: translate("delete"),
        text: translate("deleteText", { count: modelCount }),
        doneText: translate("deleted", { name }),
        nameToType: name,
        onRemove: () => deleteProvider(id),
        onRemoved: onChanged,
      }}
    >
      {source === "admin" && (
        <MenuItem
          icon={<Settings2 aria-hidden />}
          onSelect={() => {
            router.push(`/settings/models/${id}`);
          }}
        >
          {translatePage("settings")}
        </MenuItem>
      )}
    </ItemMenu>
  );
}
