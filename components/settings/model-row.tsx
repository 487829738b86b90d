"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { Switch } from "@/components/ui/switch";
import type { Model } from "@/lib/contracts/providers";
import { EditModelDialog } from "./edit-model-dialog";
import { ModelStateMark } from "./health-mark";
import { deleteModel, patchModel } from "./models-api";
import { useSave } from "./use-save";

type Props = { model: Model; isProviderEnabled: boolean; onChanged: () => Promise<void> };

/** A model: whether members may pick it, whether it is the default, and how it is labelled. */
export function ModelRow({ model, isProviderEnabled, onChanged }: Props) {
  const translate = useTranslations("settings.models");
  const translateCommon = useTranslations("common");
  const format = useFormatter();
  const save = useSave();
  const [open, setOpen] = useState<"edit" | "delete">();
  const { id, name, label, contextWindow, isEnabled } = model;

  const patch = async (body: Parameters<typeof patchModel>[1]) => {
    await patchModel(id, body);
    await onChanged();
  };
  const remove = async () => {
    const isDone = await save({
      change: () => deleteModel(id),
      text: translate("removed", { name: label }),
    });
    if (!isDone) throw new Error("The model was not removed.");
    await onChanged();
  };
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) setOpen(undefined);
  };
  const facts = [
    ...(name === label ? [] : [name]),
    contextWindow === null
      ? translate("windowUnknown")
      : translate("window", { tokens: format.number(contextWindow) }),
    ...(isEnabled ? [] : [translate("hidden")]),
  ];

  return (
    <li className="flex items-center gap-3 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 break-all text-ink">{label}</p>
        <p className="text-small break-all text-ink-faint">{facts.join(" · ")}</p>
        <ModelStateMark modelId={id} label={label} />
      </div>
      <Switch
        isOn={isEnabled}
        aria-label={translate("offer", { name: label })}
        disabled={!isProviderEnabled}
        onChange={(next) =>
          void save({
            change: () => patch({ isEnabled: next }),
            undo: () => patch({ isEnabled: !next }),
          })
        }
      />
      <Menu>
        <MenuTrigger>
          <IconButton label={translate("moreOf", { name: label })}>
            <Ellipsis aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem
            icon={<Pencil aria-hidden />}
            onSelect={() => {
              setOpen("edit");
            }}
          >
            {translateCommon("edit")}
          </MenuItem>
          <MenuItem
            isDangerous
            icon={<Trash2 aria-hidden />}
            onSelect={() => {
              setOpen("delete");
            }}
          >
            {translate("remove")}
          </MenuItem>
        </MenuContent>
      </Menu>
      {open === "edit" && (
        <EditModelDialog model={model} onOpenChange={onOpenChange} onSave={patch} />
      )}
      <ConfirmDialog
        title={translate("remove")}
        description={translate("removeText", { name: label })}
        confirmLabel={translate("remove")}
        isOpen={open === "delete"}
        onOpenChange={onOpenChange}
        onConfirm={remove}
      />
    </li>
  );
}
