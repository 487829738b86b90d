import "server-only";
import { getRequestConfig } from "next-intl/server";
import { getMessages } from "./messages";
import { readPreferences } from "./preferences";

/** What next-intl asks for on each request; next.config.ts names this file. */
export default getRequestConfig(async () => {
  const { locale } = await readPreferences();
  // Days are grouped in the browser, in its own time zone; the server formats no times.
  return { locale, messages: getMessages(locale), timeZone: "UTC" };
});
