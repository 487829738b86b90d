"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { useLoad } from "@/lib/client/use-load";
import { findAlertChannels } from "./alert-api";
import { AlertChannelDialog } from "./alert-channel-dialog";
import { AlertChannelRow } from "./alert-channel-row";
import { AlertFailure } from "./alert-failure";
import { ItemAdd } from "./item-add";
import { SettingsSection } from "./settings-section";

type Props = {
  /** Something was sent, or will not be: the log is not what it was. */
  onSent: () => void;
};

/** The channels, one a row, and new ones. */
export function AlertChannels({ onSent }: Props) {
  const translate = useTranslations("alerts.settings");
  const [loaded, reload] = useLoad("channels", findAlertChannels);
  // What was there stays on the page while it is read again.
  const [latest, setLatest] = useState(loaded);
  if (loaded.state !== "loading" && loaded !== latest) setLatest(loaded);
  const changed = () => {
    reload();
    onSent();
  };

  return (
    <SettingsSection
      title={translate("channels")}
      text={translate("channelsText")}
      action={
        latest.state === "ready" && (
          <ItemAdd
            label={translate("add")}
            dialog={(onOpenChange) => (
              <AlertChannelDialog
                channel={null}
                canMail={latest.value.canMail}
                onOpenChange={onOpenChange}
                onChanged={changed}
              />
            )}
          />
        )
      }
    >
      {latest.state === "loading" && (
        <div role="status" aria-label={translate("loading")} className="py-4">
          <Skeleton className="h-10 w-full" />
        </div>
      )}
      {latest.state === "failed" && <AlertFailure text={translate("failed")} onRetry={reload} />}
      {latest.state === "ready" &&
        (latest.value.channels.length === 0 ? (
          <p className="py-4 text-ink-soft">{translate("empty")}</p>
        ) : (
          <ul className="divide-y divide-line">
            {latest.value.channels.map((channel) => (
              <AlertChannelRow
                key={channel.id}
                channel={channel}
                canMail={latest.value.canMail}
                onChanged={changed}
              />
            ))}
          </ul>
        ))}
    </SettingsSection>
  );
}
