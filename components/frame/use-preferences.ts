"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import type { Locale, Theme } from "@/lib/contracts/preferences";
import { chooseLocale, chooseTheme } from "@/lib/client/preferences";
import { useFrame } from "./frame-context";

/** Language and theme, and how they are changed: at once, kept, and without a flash. */
export function usePreferences() {
  const router = useRouter();
  const locale = useLocale();
  const { theme } = useFrame();
  return {
    locale,
    theme,
    setLocale: (next: Locale) => {
      chooseLocale(next, { isSignedIn: true });
      router.refresh();
    },
    setTheme: (next: Theme) => {
      chooseTheme(next, { isSignedIn: true });
      router.refresh();
    },
  };
}
