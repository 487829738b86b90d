"use client";

import { CircleAlert, CircleCheck, CircleSlash } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { ProviderKeyInfo } from "@/lib/contracts/providers";
import { ItemMenu } from "./item-menu";
import { ItemRow } from "./item-row";
import { deleteKey, patchKey } from "./provider-api";
import { RenameKeyDialog } from "./provider-key-rename";
import { SavedSwitch } from "./saved-switch";
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
  const { id, isEnabled, standing } = providerKey;
  const label = useKeyLabel()(providerKey.label);

  const patch = async (body: Parameters<typeof patchKey>[2]) => {
    await patchKey(providerId, id, body);
    await onChanged();
  };
  const canPutBack = isEnabled && standing === "aside";

  return (
    <ItemRow
      isStacked={canPutBack}
      controls={
        <>
          {canPutBack && (
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
          <SavedSwitch
            isOn={isEnabled}
            aria-label={translate("isOn", { label })}
            onSave={(isOn) => patch({ isEnabled: isOn })}
          />
          <ItemMenu
            label={translate("moreOf", { label })}
            edit={{
              label: translate("rename"),
              dialog: (onOpenChange) => (
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
              ),
            }}
            removal={{
              label: translate("remove"),
              text: translate("removeText", { label, isLast: isLast ? "yes" : "no" }),
              doneText: translate("removed", { label }),
              onRemove: () => deleteKey(providerId, id),
              onRemoved: onChanged,
            }}
          />
        </>
      }
    >
      <p className="break-words text-ink">{label}</p>
      <KeyState providerKey={providerKey} />
    </ItemRow>
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
  const { isEnabled, standing, asideCode, asideAt, asideUntil, createdAt } = providerKey;
  const isBad = isEnabled && standing !== "in_use";
  const Icon = isBad ? CircleAlert : isEnabled ? CircleCheck : CircleSlash;
  const colour = isBad ? "text-bad" : isEnabled ? "text-good" : "text-ink-faint";

  return (
    <p className={`flex gap-1.5 text-small ${isBad ? "text-bad" : "text-ink-faint"}`}>
      <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${colour}`} />
      <span className="min-w-0">
        {describe()}
        {!isBad && ` · ${translate("since", { date: sayMoment(createdAt) })}`}
      </span>
    </p>
  );

  function describe(): string {
    if (!isEnabled) return translate("off");
    if (standing === "in_use") return translate("inUse");
    const known = Object.entries(reasons).find(([code]) => code === asideCode)?.[1] ?? "other";
    const reason = translate(`reasons.${known}`);
    const since = sayMoment(asideAt ?? createdAt, true);
    if (standing === "refused") return translate("inUseRefused", { since, reason });
    if (asideUntil !== null)
      return translate("asideUntil", { until: sayMoment(asideUntil, true), reason });
    return translate("aside", { since, reason });
  }
}
