"use client";

import { Ellipsis, Settings2, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import type { Provider } from "@/lib/contracts/providers";
import { deleteProvider } from "./models-api";
import { useSave } from "./use-save";

type Props = { provider: Provider; modelCount: number; onChanged: () => Promise<void> };

/** What is seldom done to a provider: changing how it is reached and called, and deleting it. */
export function ProviderMenu({ provider, modelCount, onChanged }: Props) {
  const translate = useTranslations("settings.models");
  const translatePage = useTranslations("providers.page");
  const router = useRouter();
  const save = useSave();
  const [isDeleting, setIsDeleting] = useState(false);
  const { id, name, source, isEnabled } = provider;
  // What the environment gives is changed there; once it is gone there, it may go here.
  const isFixed = source === "environment" && isEnabled;
  if (isFixed) return null;

  const remove = async () => {
    const isDone = await save({
      change: () => deleteProvider(id),
      text: translate("deleted", { name }),
    });
    if (!isDone) throw new Error("The provider was not deleted.");
    await onChanged();
  };
  return (
    <>
      <Menu>
        <MenuTrigger>
          <IconButton label={translate("moreOf", { name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
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
          <MenuItem
            isDangerous
            icon={<Trash2 aria-hidden />}
            onSelect={() => {
              setIsDeleting(true);
            }}
          >
            {translate("delete")}
          </MenuItem>
        </MenuContent>
      </Menu>
      <ConfirmDialog
        title={translate("delete")}
        description={translate("deleteText", { count: modelCount })}
        confirmLabel={translate("delete")}
        nameToType={name}
        isOpen={isDeleting}
        onOpenChange={setIsDeleting}
        onConfirm={remove}
      />
    </>
  );
}
