import type { ReactNode } from "react";
import { EntryShell } from "@/components/auth/entry-shell";
import { Wordmark } from "@/components/frame/wordmark";
import { readPreferences } from "@/lib/server/i18n/preferences";

export default async function EntryLayout({ children }: { children: ReactNode }) {
  const { theme } = await readPreferences();
  return (
    <EntryShell wordmark={<Wordmark />} theme={theme} isSignedIn={false}>
      {children}
    </EntryShell>
  );
}
