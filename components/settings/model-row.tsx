"use client";

import { SlidersHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { MenuItem } from "@/components/ui/menu";
import type { Model } from "@/lib/contracts/providers";
import { ModelStateMark } from "./health-mark";
import { ItemMenu } from "./item-menu";
import { ItemRow } from "./item-row";
import { deleteModel, patchModel } from "./models-api";
import { SavedSwitch } from "./saved-switch";

type Props = { model: Model; isProviderEnabled: boolean; onChanged: () => Promise<void> };

/** A model: whether members may pick it, whether it is the default, and how it is labelled. */
export function ModelRow({ model, isProviderEnabled, onChanged }: Props) {
  const translate = useTranslations("settings.models");
  const translateModel = useTranslations("providers.model");
  const router = useRouter();
  const format = useFormatter();
  const { id, providerId, name, label, contextWindow, isEnabled } = model;
  const href = `/settings/models/${providerId}/${id}`;

  const facts = [
    ...(name === label ? [] : [name]),
    contextWindow === null
      ? translate("windowUnknown")
      : translate("window", { tokens: format.number(contextWindow) }),
    ...(isEnabled ? [] : [translate("hidden")]),
  ];

  return (
    <ItemRow
      controls={
        <>
          <SavedSwitch
            isOn={isEnabled}
            aria-label={translate("offer", { name: label })}
            disabled={!isProviderEnabled}
            onSave={async (isOn) => {
              await patchModel(id, { isEnabled: isOn });
              await onChanged();
            }}
          />
          <ItemMenu
            label={translate("moreOf", { name: label })}
            removal={{
              label: translate("remove"),
              text: translate("removeText", { name: label }),
              doneText: translate("removed", { name: label }),
              onRemove: () => deleteModel(id),
              onRemoved: onChanged,
            }}
          >
            <MenuItem
              icon={<SlidersHorizontal aria-hidden />}
              onSelect={() => {
                router.push(href);
              }}
            >
              {translateModel("open")}
            </MenuItem>
          </ItemMenu>
        </>
      }
    >
      <p className="break-all text-ink">
        <Link href={href} isPlain className="rounded-sm hover:underline">
          {label}
        </Link>
      </p>
      <div className="flex flex-wrap items-center gap-x-3">
        <p className="text-small break-all text-ink-faint">{facts.join(" · ")}</p>
        <ModelStateMark modelId={id} label={label} />
      </div>
    </ItemRow>
  );
}
