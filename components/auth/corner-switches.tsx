"use client";

import { Languages, Monitor, Moon, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoice, MenuContent, MenuTrigger } from "@/components/ui/menu";
import { chooseLocale, chooseTheme } from "@/lib/client/preferences";
import { locales, themes, type Theme } from "@/lib/contracts/preferences";

type Props = { initialTheme: Theme; isSignedIn: boolean };

const themeIcons = { system: Monitor, light: Sun, dark: Moon };

/** Language and theme, for whoever has no settings page yet. */
export function CornerSwitches({ initialTheme, isSignedIn }: Props) {
  const translate = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  const [theme, setTheme] = useState(initialTheme);
  const ThemeIcon = themeIcons[theme];
  return (
    <div className="flex items-center gap-1">
      <Menu>
        <MenuTrigger>
          <IconButton label={translate("language")}>
            <Languages aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuChoice
            label={translate("language")}
            value={locale}
            options={locales.map((value) => ({ value, label: translate(`languages.${value}`) }))}
            onValueChange={(next) => {
              chooseLocale(next, { isSignedIn });
              router.refresh();
            }}
          />
        </MenuContent>
      </Menu>
      <Menu>
        <MenuTrigger>
          <IconButton label={translate("theme")}>
            <ThemeIcon aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuChoice
            label={translate("theme")}
            value={theme}
            options={themes.map((value) => ({ value, label: translate(`themes.${value}`) }))}
            onValueChange={(next) => {
              chooseTheme(next, { isSignedIn });
              setTheme(next);
            }}
          />
        </MenuContent>
      </Menu>
    </div>
  );
}
