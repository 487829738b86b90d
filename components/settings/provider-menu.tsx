"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import type { Provider } from "@/lib/contracts/providers";
import { EditProviderDialog } from "./edit-provider-dialog";
import { deleteProvider } from "./models-api";
import { useSave } from "./use-save";

type Props = { provider: Provider; modelCount: number; onChanged: () => Promise<void> };

/** What is seldom done to a provider: changing its address or key, and deleting it. */
export function ProviderMenu({ provider, modelCount, onChanged }: Props) {
  const translate = useTranslations("settings.models");
  const translateCommon = useTranslations("common");
  const save = useSave();
  const [open, setOpen] = useState<"edit" | "delete">();
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
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) setOpen(undefined);
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
              icon={<Pencil aria-hidden />}
              onSelect={() => {
                setOpen("edit");
              }}
            >
              {translateCommon("edit")}
            </MenuItem>
          )}
          <MenuItem
            isDangerous
            icon={<Trash2 aria-hidden />}
            onSelect={() => {
              setOpen("delete");
            }}
          >
            {translate("delete")}
          </MenuItem>
        </MenuContent>
      </Menu>
      {open === "edit" && (
        <EditProviderDialog provider={provider} onOpenChange={onOpenChange} onChanged={onChanged} />
      )}
      <ConfirmDialog
        title={translate("delete")}
        description={translate("deleteText", { count: modelCount })}
        confirmLabel={translate("delete")}
        nameToType={name}
        isOpen={open === "delete"}
        onOpenChange={onOpenChange}
        onConfirm={remove}
      />
    </>
  );
}
