import "server-only";
import { locales, type Locale } from "@/lib/contracts/preferences";

/** A locale that we have, from a cookie or a row; null for anything else. */
export function asLocale(value: string | null | undefined): Locale | null {
  return locales.find((locale) => locale === value) ?? null;
}

/**
 * The best of our locales for an Accept-Language header (RFC 9110, 12.5.4): by quality, then by
 * order. Any Chinese gets zh-CN; what we do not speak is passed over; English when nothing fits.
 */
export function pickLocale(acceptLanguage: string | null): Locale {
  const wishes = (acceptLanguage ?? "")
    .slice(0, 1000)
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry.trim().toLowerCase().split(";");
      const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
      return { tag, quality: quality === undefined ? 1 : Number(quality.trim().slice(2)) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
  for (const { tag } of wishes) {
    if (/^zh(-|$)/.test(tag)) return "zh-CN";
    if (/^en(-|$)/.test(tag)) return "en";
  }
  return "en";
}
