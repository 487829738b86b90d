import "server-only";
import { getTranslations } from "next-intl/server";

/** The title of a conversation that begins with images and no words, in the user's language. */
export async function nameImages(): Promise<string> {
  const translate = await getTranslations("images");
  return translate("title");
}
