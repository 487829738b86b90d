"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { refreshAlerts, type AlertsStore } from "@/lib/client/alerts/alerts";
import { takeAlertsToTell } from "@/lib/client/alerts/told-alerts";
import { useAlertSentence } from "@/lib/client/alerts/use-alert-sentence";
import { connectionStore } from "@/lib/client/connection";
import { onNews } from "@/lib/client/events/news";
import { showToast } from "@/lib/client/toasts";

/** Where no events come, one looks by oneself. */
const lookEveryMs = 60_000;
/** Long enough to be read by whoever is in the middle of a sentence. */
const noticeMs = 20_000;

/** Keeps the alerts of the page fresh, and says in passing when a budget of the user's runs low. */
export function useAlertFeed(store: AlertsStore, userId: string): void {
  const translate = useTranslations("alerts.bell");
  const sayAlert = useAlertSentence(userId);
  const router = useRouter();

  const look = useEffectEvent(async () => {
    if (connectionStore.get().isSomebodyElse) return;
    const fresh = await refreshAlerts(store);
    // A hidden page leaves it to the one that is looked at.
    if (document.visibilityState !== "visible") return;
    for (const { facts } of takeAlertsToTell(fresh, userId, () => window.localStorage)) {
      const isOver = facts.kind === "budget" && facts.percent >= 100 && facts.isHard;
      showToast({
        text: sayAlert(facts),
        kind: isOver ? "error" : "info",
        durationMs: noticeMs,
        action: {
          label: translate("toUsage"),
          onSelect: () => {
            router.push("/settings/usage");
          },
        },
      });
    }
  });

  useEffect(() => {
    void look();
    const stopListening = onNews(({ type }) => {
      if (type === "alerts-changed" || type === "missed") void look();
    });
    const hasEvents = "locks" in navigator && "BroadcastChannel" in window;
    const looking = setInterval(() => {
      if (!hasEvents && document.visibilityState === "visible") void look();
    }, lookEveryMs);
    return () => {
      stopListening();
      clearInterval(looking);
    };
  }, [store]);
}
