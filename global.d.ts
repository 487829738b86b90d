import type { Locale } from "@/lib/contracts/preferences";
import type { Messages } from "@/lib/server/i18n/messages";

declare module "next-intl" {
  // Module augmentation merges interfaces only.
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

declare global {
  namespace NodeJS {
    interface ProcessEnv {
      /** Written into the code while it is built (next.config.ts). */
      PARLEY_BUILD?: string;
    }
  }
}
