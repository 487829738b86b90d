"use client";

import { Ellipsis, Pencil, Star, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { Switch } from "@/components/ui/switch";
import type { Alias, AliasPatch } from "@/lib/contracts/aliases";
import type { Model } from "@/lib/contracts/providers";
import { deleteAlias, patchAlias } from "./alias-api";
import { AliasDialog } from "./alias-dialog";
import { AliasTargets } from "./alias-targets";
import { MoveButtons } from "./move-buttons";
import { useSave } from "./use-save";

type Props = {
  alias: Alias;
  models: Model[];
  place: { index: number; count: number };
  onMove: (to: number) => void;
  onChanged: () => Promise<void>;
};

/** One name of the list: what it stands for, whether it is offered, and where it comes. */
export function AliasRow({ alias, models, place, onMove, onChanged }: Props) {
  const translate = useTranslations("aliases");
  const translateCommon = useTranslations("common");
  const save = useSave();
  const [open, setOpen] = useState<"edit" | "remove">();
  const { id, name, description, isEnabled, isDefault, targets } = alias;
  const isOnOffer = isEnabled && targets.some((target) => target.isEnabled);

  const patch = async (body: AliasPatch) => {
    await patchAlias(id, body);
    await onChanged();
  };
  const makeDefault = () =>
    save({ change: () => patch({ isDefault: true }), text: translate("nowDefault", { name }) });
  const remove = async () => {
    const isDone = await save({
      change: () => deleteAlias(id),
      text: translate("removed", { name }),
    });
    if (!isDone) throw new Error("The alias was not removed.");
    await onChanged();
  };
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) setOpen(undefined);
  };

  return (
    <li className="group flex items-start gap-2 py-1.5">
      <MoveButtons
        name={name}
        {...place}
        onMove={onMove}
        className="-ms-1.5 flex-col opacity-40 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
      />
      <div className="min-w-0 flex-1 py-1">
        <p className="flex flex-wrap items-center gap-x-2 font-medium text-ink">
          <span className="min-w-0 break-words">{name}</span>
          {isDefault && (
            <span className="rounded-control bg-accent-soft px-1.5 py-px text-small font-normal text-accent">
              {translate("default")}
            </span>
          )}
          {!isEnabled && (
            <span className="text-small font-normal text-ink-faint">{translate("hidden")}</span>
          )}
        </p>
        {description !== "" && (
          <p className="mt-0.5 text-pretty break-words text-ink-soft">{description}</p>
        )}
        <AliasTargets alias={alias} />
      </div>
      <Switch
        isOn={isEnabled}
        aria-label={translate("offer", { name })}
        className="mt-1.5"
        onChange={(next) =>
          void save({
            change: () => patch({ isEnabled: next }),
            undo: () => patch({ isEnabled: !next }),
          })
        }
      />
      <Menu>
        <MenuTrigger>
          <IconButton label={translate("moreOf", { name })}>
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
          {isOnOffer && !isDefault && (
            <MenuItem icon={<Star aria-hidden />} onSelect={() => void makeDefault()}>
              {translate("makeDefault")}
            </MenuItem>
          )}
          <MenuItem
            isDangerous
            icon={<Trash2 aria-hidden />}
            onSelect={() => {
              setOpen("remove");
            }}
          >
            {translate("remove")}
          </MenuItem>
        </MenuContent>
      </Menu>
      {open === "edit" && (
        <AliasDialog alias={alias} models={models} onOpenChange={onOpenChange} onSave={patch} />
      )}
      <ConfirmDialog
        title={translate("removeTitle", { name })}
        description={translate("removeText", { isDefault: String(isDefault) })}
        confirmLabel={translate("remove")}
        isOpen={open === "remove"}
        onOpenChange={onOpenChange}
        onConfirm={remove}
      />
    </li>
  );
}
