import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageBanner } from "@/components/frame/page-banner";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { isAdmin } from "@/lib/domain/actor";
import { findActor } from "@/lib/server/auth/actor";
import { findMemberProviders } from "@/lib/server/db/provider-keys";
import { buildId } from "@/lib/server/env";
import { getMessages } from "@/lib/server/i18n/messages";
import { readPreferences } from "@/lib/server/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings");
  return { title: translate("title") };
}

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  // The page refuses whoever may not come in: it knows where to come back to, a layout does not.
  const actor = await findActor().catch(() => null);
  const [{ locale }, providers] = await Promise.all([
    readPreferences(),
    actor === null ? [] : findMemberProviders(actor).catch(() => []),
  ]);
  return (
    <NextIntlClientProvider messages={getMessages(locale)}>
      <div className="sticky top-0 z-30">
        <PageBanner build={buildId()} />
      </div>
      <SettingsFrame isAdmin={actor !== null && isAdmin(actor)} hasOwnKeys={providers.length > 0}>
        {children}
      </SettingsFrame>
    </NextIntlClientProvider>
  );
}
