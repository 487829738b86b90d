"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { MenuChoice, MenuSeparator } from "@/components/ui/menu";
import { locales, themes } from "@/lib/contracts/preferences";
import { usePreferences } from "./use-preferences";

const themeIcons = { system: Monitor, light: Sun, dark: Moon };

/** Language and theme, as rows of a menu. */
export function PreferenceChoices() {
  const translate = useTranslations("common");
  const { locale, theme, setLocale, setTheme } = usePreferences();
  return (
    <>
      <MenuChoice
        label={translate("theme")}
        value={theme}
        onValueChange={setTheme}
        options={themes.map((value) => {
          const Icon = themeIcons[value];
          return {
            value,
            label: translate(`themes.${value}`),
            icon: <Icon aria-hidden className="text-ink-soft" />,
          };
        })}
      />
      <MenuSeparator />
      <MenuChoice
        label={translate("language")}
        value={locale}
        onValueChange={setLocale}
        options={locales.map((value) => ({ value, label: translate(`languages.${value}`) }))}
      />
    </>
  );
}
