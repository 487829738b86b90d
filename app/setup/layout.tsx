import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { EntryShell } from "@/components/auth/entry-shell";
import { Wordmark } from "@/components/frame/wordmark";
import { findActor } from "@/lib/server/auth/actor";
import { whileDatabaseIsThere } from "@/lib/server/http/page";
import { getMessages } from "@/lib/server/i18n/messages";
import { readPreferences } from "@/lib/server/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("setup");
  return { title: translate("title") };
}

export default async function SetupLayout({ children }: { children: ReactNode }) {
  const { theme, locale } = await readPreferences();
  const actor = await whileDatabaseIsThere("/setup", findActor);
  return (
    <NextIntlClientProvider messages={getMessages(locale)}>
      <EntryShell wordmark={<Wordmark />} theme={theme} isSignedIn={actor !== null}>
        {children}
      </EntryShell>
    </NextIntlClientProvider>
  );
}
