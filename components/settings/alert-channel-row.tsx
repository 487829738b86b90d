"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { AlertChannel } from "@/lib/contracts/alerts";
import { deleteAlertChannel, patchAlertChannel } from "./alert-api";
import { AlertChannelDialog } from "./alert-channel-dialog";
import { AlertTestResult } from "./alert-test-result";
import { ItemMenu } from "./item-menu";
import { ItemRow } from "./item-row";
import { SavedSwitch } from "./saved-switch";
import { useAlertTest } from "./use-alert-test";
import { useMoment } from "./use-moment";

type Props = { channel: AlertChannel; canMail: boolean; onChanged: () => void };

/** One channel: where it leads, what it gets, and how the last message fared. */
export function AlertChannelRow({ channel, canMail, onChanged }: Props) {
  const translate = useTranslations("alerts.settings");
  const { outcome, isTesting, test } = useAlertTest(channel.id, onChanged);
  const { id, kind, name, target, isEnabled } = channel;

  return (
    <ItemRow
      isStacked
      controls={
        <>
          <Button
            size="sm"
            aria-label={translate("testOf", { name })}
            isBusy={isTesting}
            onClick={() => void test()}
          >
            {translate("test")}
          </Button>
          <SavedSwitch
            isOn={isEnabled}
            aria-label={translate("isEnabled", { name })}
            onSave={async (isOn) => {
              await patchAlertChannel(id, { isEnabled: isOn });
              onChanged();
            }}
          />
          <ItemMenu
            label={translate("moreOf", { name })}
            edit={{
              dialog: (onOpenChange) => (
                <AlertChannelDialog
                  channel={channel}
                  canMail={canMail}
                  onOpenChange={onOpenChange}
                  onChanged={onChanged}
                />
              ),
            }}
            removal={{
              label: translate("delete"),
              text: translate("deleteText"),
              doneText: translate("deleted", { name }),
              nameToType: name,
              onRemove: () => deleteAlertChannel(id),
              onRemoved: onChanged,
            }}
          />
        </>
      }
    >
      <h3 className="font-medium break-words text-ink">{name}</h3>
      <p className="text-small break-words text-ink-faint">
        {translate(`kinds.${kind}`)} · <span className="break-all">{target}</span>
      </p>
      <ChannelFacts channel={channel} />
      {kind === "mail" && !canMail && (
        <p className="mt-1 text-small text-warn">{translate("noMailServer")}</p>
      )}
      <AlertTestResult outcome={outcome} isTesting={isTesting} />
    </ItemRow>
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
