import {
  formatSidebar,
  preferenceCookies,
  type SidebarPreference,
  type Locale,
  type Theme,
} from "@/lib/contracts/preferences";
import { callApi } from "./api";

/** Shows the theme at once and keeps it in this browser and, when signed in, in the account. */
export function chooseTheme(theme: Theme, { isSignedIn }: { isSignedIn: boolean }): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  writeCookie(preferenceCookies.theme, theme);
  if (isSignedIn) keepInAccount({ theme });
}

/** Keeps the language; the caller refreshes the page, since sentences come from the server. */
export function chooseLocale(locale: Locale, { isSignedIn }: { isSignedIn: boolean }): void {
  writeCookie(preferenceCookies.locale, locale);
  if (isSignedIn) keepInAccount({ locale });
}

export function keepSidebar(sidebar: SidebarPreference): void {
  writeCookie(preferenceCookies.sidebar, formatSidebar(sidebar));
}

/** Tells the server the time zone, so that it groups conversations by the same days. */
export function keepTimeZone(): void {
  writeCookie(preferenceCookies.timeZone, Intl.DateTimeFormat().resolvedOptions().timeZone);
}

// The cookie already holds for this browser, so a failure here is not worth a word.
function keepInAccount(patch: { theme: Theme } | { locale: Locale }): void {
  callApi("PATCH", "/api/me", { body: patch, isKeptAlive: true }).catch(() => undefined);
}

function writeCookie(name: string, value: string): void {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}
