"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { AlertThresholds } from "./alert-api";
import { AlertChannels } from "./alert-channels";
import { AlertLog } from "./alert-log";
import { AlertThresholdRows } from "./alert-threshold-rows";

/** Where alerts go besides the bell, what counts as unusual, and what became of each message. */
export function AlertSettings({ thresholds }: { thresholds: AlertThresholds }) {
  const translate = useTranslations("alerts.settings");
  // A test or a deleted channel shows in the log.
  const [logVersion, setLogVersion] = useState(0);
  return (
    <>
      <p className="mb-8 text-pretty text-ink-soft">{translate("text")}</p>
      <AlertChannels
        onSent={() => {
          setLogVersion((before) => before + 1);
        }}
      />
      <AlertThresholdRows initial={thresholds} />
      <AlertLog version={logVersion} />
    </>
  );
}
