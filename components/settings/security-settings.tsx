"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { callApi } from "@/lib/client/api";
import { PasswordForm } from "./password-form";
import { SettingsSection } from "./settings-section";
import { useSave } from "./use-save";

/** The password, and an end to every session. */
export function SecuritySettings({ hasPassword, email }: { hasPassword: boolean; email: string }) {
  const translate = useTranslations("settings.security");
  const save = useSave();
  const [isAsking, setIsAsking] = useState(false);

  const signOutEverywhere = async () => {
    const isDone = await save({ change: () => callApi("DELETE", "/api/me/sessions") });
    if (isDone) window.location.assign("/sign-in");
  };

  return (
    <>
      <SettingsSection
        title={translate("password")}
        text={hasPassword ? translate("passwordText") : translate("noPassword")}
      >
        {hasPassword && <PasswordForm email={email} />}
      </SettingsSection>
      <SettingsSection title={translate("sessions")} text={translate("sessionsText")}>
        <div className="py-5">
          <Button
            variant="danger"
            onClick={() => {
              setIsAsking(true);
            }}
          >
            {translate("sessionsSubmit")}
          </Button>
        </div>
      </SettingsSection>
      <ConfirmDialog
        title={translate("sessions")}
        description={translate("sessionsConfirm")}
        confirmLabel={translate("sessionsSubmit")}
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        onConfirm={signOutEverywhere}
      />
    </>
  );
}
