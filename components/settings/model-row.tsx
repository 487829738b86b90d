"use client";

import { Ellipsis, SlidersHorizontal, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { Switch } from "@/components/ui/switch";
import type { Model } from "@/lib/contracts/providers";
import { ModelStateMark } from "./health-mark";
import { deleteModel, patchModel } from "./models-api";
import { useSave } from "./use-save";

type Props = { model: Model; isProviderEnabled: boolean; onChanged: () => Promise<void> };

/** A model: whether members may pick it, whether it is the default, and how it is labelled. */
export function ModelRow({ model, isProviderEnabled, onChanged }: Props) {
  const translate = useTranslations("settings.models");
  const translateModel = useTranslations("providers.model");
  const router = useRouter();
  const format = useFormatter();
  const save = useSave();
  const [isRemoving, setIsRemoving] = useState(false);
  const { id, providerId, name, label, contextWindow, isEnabled } = model;
  const href = `/settings/models/${providerId}/${id}`;

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
        <p className="break-all text-ink">
          <Link href={href} isPlain className="rounded-sm hover:underline">
            {label}
          </Link>
        </p>
        <div className="flex flex-wrap items-center gap-x-3">
          <p className="text-small break-all text-ink-faint">{facts.join(" · ")}</p>
          <ModelStateMark modelId={id} label={label} />
        </div>
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
            icon={<SlidersHorizontal aria-hidden />}
            onSelect={() => {
              router.push(href);
            }}
          >
            {translateModel("open")}
          </MenuItem>
          <MenuItem
            isDangerous
            icon={<Trash2 aria-hidden />}
            onSelect={() => {
              setIsRemoving(true);
            }}
          >
            {translate("remove")}
          </MenuItem>
        </MenuContent>
      </Menu>
      <ConfirmDialog
        title={translate("remove")}
        description={translate("removeText", { name: label })}
        confirmLabel={translate("remove")}
        isOpen={isRemoving}
        onOpenChange={setIsRemoving}
        onConfirm={remove}
      />
    </li>
  );
}
