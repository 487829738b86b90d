"use client";

import { CircleAlert, CircleCheck, CircleSlash, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { Switch } from "@/components/ui/switch";
import type { ProviderKeyInfo } from "@/lib/contracts/providers";
import { deleteKey, patchKey } from "./provider-api";
import { RenameKeyDialog } from "./provider-key-rename";
import { useMoment } from "./use-moment";
import { useSave } from "./use-save";

type Props = {
  providerId: string;
  providerKey: ProviderKeyInfo;
  /** Without it the provider has none. */
  isLast: boolean;
  onChanged: () => Promise<void>;
};

/** One key: what it is called, whether it is in use, and why not when it is not. */
export function ProviderKeyRow({ providerId, providerKey, isLast, onChanged }: Props) {
  const translate = useTranslations("providers.keys");
  const save = useSave();
  const [open, setOpen] = useState<"rename" | "remove">();
  const { id, isEnabled, asideCode } = providerKey;
  const label = useKeyLabel()(providerKey.label);

  const patch = async (body: Parameters<typeof patchKey>[2]) => {
    await patchKey(providerId, id, body);
    await onChanged();
  };
  const remove = async () => {
    const isDone = await save({
      change: () => deleteKey(providerId, id),
      text: translate("removed", { label }),
    });
    if (!isDone) throw new Error("The key was not removed.");
    await onChanged();
  };
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) setOpen(undefined);
  };

  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3.5">
      <div className="min-w-0 flex-1 basis-48">
        <p className="break-words text-ink">{label}</p>
        <KeyState providerKey={providerKey} />
      </div>
      {isEnabled && asideCode !== null && (
        <Button
          size="sm"
          onClick={() =>
            void save({
              change: () => patch({ isAside: false }),
              text: translate("putBackDone", { label }),
            })
          }
        >
          {translate("putBack")}
        </Button>
      )}
      <Switch
        isOn={isEnabled}
        aria-label={translate("isOn", { label })}
        onChange={(next) =>
          void save({
            change: () => patch({ isEnabled: next }),
            undo: () => patch({ isEnabled: !next }),
          })
        }
      />
      <Menu>
        <MenuTrigger>
          <IconButton label={translate("moreOf", { label })}>
            <Ellipsis aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem
            icon={<Pencil aria-hidden />}
            onSelect={() => {
              setOpen("rename");
            }}
          >
            {translate("rename")}
          </MenuItem>
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
      {open === "rename" && (
        <RenameKeyDialog
          label={label}
          onOpenChange={onOpenChange}
          onSave={(next) =>
            save({
              change: () => patch({ label: next }),
              undo: () => patch({ label: providerKey.label }),
            })
          }
        />
      )}
      <ConfirmDialog
        title={translate("remove")}
        description={translate("removeText", { label, isLast: isLast ? "yes" : "no" })}
        confirmLabel={translate("remove")}
        isOpen={open === "remove"}
        onOpenChange={onOpenChange}
        onConfirm={remove}
      />
    </li>
  );
}

/** A key without a name of its own goes by its number. */
export function useKeyLabel(): (label: string) => string {
  const translate = useTranslations("providers.keys");
  return (label) => (/^\d{1,4}$/.test(label) ? translate("numbered", { number: label }) : label);
}

const reasons = {
  provider_key_refused: "refused",
  provider_out_of_credit: "credit",
  provider_forbidden: "forbidden",
  provider_rate_limited: "limited",
} as const;

function KeyState({ providerKey }: { providerKey: ProviderKeyInfo }) {
  const translate = useTranslations("providers.keys");
  const sayMoment = useMoment();
  const { isEnabled, asideCode, asideAt, asideUntil, createdAt } = providerKey;
  const isAside = isEnabled && asideCode !== null;
  const Icon = isAside ? CircleAlert : isEnabled ? CircleCheck : CircleSlash;
  const colour = isAside ? "text-bad" : isEnabled ? "text-good" : "text-ink-faint";

  return (
    <p className={`flex gap-1.5 text-small ${isAside ? "text-bad" : "text-ink-faint"}`}>
      <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${colour}`} />
      <span className="min-w-0">
        {describe()}
        {!isAside && ` · ${translate("since", { date: sayMoment(createdAt) })}`}
      </span>
    </p>
  );

  function describe(): string {
    if (!isEnabled) return translate("off");
    if (asideCode === null) return translate("inUse");
    const known = Object.entries(reasons).find(([code]) => code === asideCode)?.[1] ?? "other";
    const reason = translate(`reasons.${known}`);
    if (asideUntil !== null)
      return translate("asideUntil", { until: sayMoment(asideUntil, true), reason });
    return translate("aside", { since: sayMoment(asideAt ?? createdAt, true), reason });
  }
}
