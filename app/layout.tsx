import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { StyleNonce } from "@/components/ui/style-nonce";
import { Toaster } from "@/components/ui/toast";
import { Tooltips } from "@/components/ui/tooltip";
import { readNonce } from "@/lib/server/http/page";
import { getCommonMessages } from "@/lib/server/i18n/messages";
import { readPreferences } from "@/lib/server/i18n/preferences";
import { fontVariables } from "./fonts";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("common");
  const name = translate("appName");
  return {
    title: { default: name, template: `%s · ${name}` },
    description: translate("description"),
    robots: { index: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  // The keyboard of a phone makes the page smaller, so that the composer stays above it.
  interactiveWidget: "resizes-content",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { locale, theme } = await readPreferences();
  const nonce = await readNonce();
  return (
    <html
      lang={locale}
      className={fontVariables}
      {...(theme === "system" ? {} : { "data-theme": theme })}
    >
      <body>
        <StyleNonce nonce={nonce} />
        <NextIntlClientProvider messages={getCommonMessages(locale)}>
          {children}
          <Toaster />
          <Tooltips />
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
