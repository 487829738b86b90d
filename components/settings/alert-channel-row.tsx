"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { Switch } from "@/components/ui/switch";
import type { AlertChannel, AlertChannelPatch } from "@/lib/contracts/alerts";
import { deleteAlertChannel, patchAlertChannel } from "./alert-api";
import { AlertChannelDialog } from "./alert-channel-dialog";
import { AlertTestResult } from "./alert-test-result";
import { useAlertTest } from "./use-alert-test";
import { useMoment } from "./use-moment";
import { useSave } from "./use-save";

type Props = { channel: AlertChannel; canMail: boolean; onChanged: () => void };

/** One channel: where it leads, what it gets, and how the last message fared. */
export function AlertChannelRow({ channel, canMail, onChanged }: Props) {
  const translate = useTranslations("alerts.settings");
  const translateCommon = useTranslations("common");
  const save = useSave();
  const [open, setOpen] = useState<"edit" | "delete">();
  const { outcome, isTesting, test } = useAlertTest(channel.id, onChanged);
  const { id, kind, name, target, isEnabled } = channel;

  const patch = async (body: AlertChannelPatch) => {
    await patchAlertChannel(id, body);
    onChanged();
  };
  const remove = async () => {
    const isDone = await save({
      change: () => deleteAlertChannel(id),
      text: translate("deleted", { name }),
    });
    if (!isDone) throw new Error("The channel was not deleted.");
    onChanged();
  };
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) setOpen(undefined);
  };

  return (
    <li className="flex flex-wrap items-start gap-x-2 gap-y-2.5 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="font-medium break-words text-ink">{name}</h3>
        <p className="text-small break-words text-ink-faint">
          {translate(`kinds.${kind}`)} · <span className="break-all">{target}</span>
        </p>
        <ChannelFacts channel={channel} />
        {kind === "mail" && !canMail && (
          <p className="mt-1 text-small text-warn">{translate("noMailServer")}</p>
        )}
        <AlertTestResult outcome={outcome} isTesting={isTesting} />
      </div>
      <div className="flex items-center gap-2">
        <Button
          size="sm"
          aria-label={translate("testOf", { name })}
          isBusy={isTesting}
          onClick={() => void test()}
        >
          {translate("test")}
        </Button>
        <Switch
          isOn={isEnabled}
          aria-label={translate("isEnabled", { name })}
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
      </div>
      {open === "edit" && (
        <AlertChannelDialog
          channel={channel}
          canMail={canMail}
          onOpenChange={onOpenChange}
          onChanged={onChanged}
        />
      )}
      <ConfirmDialog
        title={translate("delete")}
        description={translate("deleteText")}
        confirmLabel={translate("delete")}
        nameToType={name}
        isOpen={open === "delete"}
        onOpenChange={onOpenChange}
        onConfirm={remove}
      />
    </li>
  );
}

/** What it gets, and what became of the last message. */
function ChannelFacts({ channel: { alertKinds, last } }: { channel: AlertChannel }) {
  const translate = useTranslations("alerts.settings");
  const format = useFormatter();
  const sayMoment = useMoment();
  const kinds = alertKinds.map((kind) => translate(`alertKindsShort.${kind}`));
  const gets =
    kinds.length === 0
      ? translate("getsAll")
      : translate("gets", { kinds: format.list(kinds, { type: "conjunction" }) });
  const isLost = last?.state === "given_up";
  return (
    <p className="mt-1 text-small text-pretty text-ink-soft">
      {gets} ·{" "}
      <span className={isLost ? "text-bad" : undefined}>
        {last === null
          ? translate("never")
          : translate(`last.${last.state}`, { date: sayMoment(last.at, true) })}
      </span>
    </p>
  );
}
