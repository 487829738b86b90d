import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createTranslator } from "next-intl";
import type { Messages } from "@/lib/server/i18n/messages";

export type Language = "en" | "zh-CN";
export type Words = ReturnType<typeof words>;

/**
 * The sentences of the screens, such as `words("en")("chat.send")`. Page objects find things by
 * what people read, so a reworded button needs no change here. @throws for a key that is not there.
 */
export function words(locale: Language) {
  const folder = path.resolve("messages", locale);
  const messages = Object.fromEntries(
    readdirSync(folder).map((file) => [
      path.basename(file, ".json"),
      JSON.parse(readFileSync(path.join(folder, file), "utf8")) as unknown,
    ]),
  ) as Messages;
  return createTranslator({
    locale,
    messages,
    onError: (error) => {
      throw error;
    },
  });
}
