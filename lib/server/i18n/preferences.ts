import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { themes, type Locale, type Theme } from "@/lib/contracts/preferences";
import { preferenceCookies } from "@/lib/contracts/preferences";
import { findActor } from "../auth/actor";
import { findActiveUser } from "../db/users";
import { asLocale, pickLocale } from "./locale";

type Preferences = { locale: Locale; theme: Theme };

/**
 * Language and theme of this request: what was chosen in this browser, else in the account, else
 * what the browser and the system ask for. Never fails, so that every page, also the ones about
 * errors, has a language while the database is away.
 */
export const readPreferences = cache(async (): Promise<Preferences> => {
  const jar = await cookies();
  const locale = asLocale(jar.get(preferenceCookies.locale)?.value);
  const theme = asTheme(jar.get(preferenceCookies.theme)?.value);
  if (locale !== null && theme !== null) return { locale, theme };
  const account = await findAccountPreferences();
  return {
    locale:
      locale ?? asLocale(account?.locale) ?? pickLocale((await headers()).get("accept-language")),
    theme: theme ?? asTheme(account?.theme) ?? "system",
  };
});

async function findAccountPreferences() {
  try {
    const actor = await findActor();
    return actor && (await findActiveUser({ system: "preferences" }, actor.userId));
  } catch {
    return null;
  }
}

function asTheme(value: string | null | undefined): Theme | null {
  return themes.find((theme) => theme === value) ?? null;
}
