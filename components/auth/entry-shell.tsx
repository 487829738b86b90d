import type { ReactNode } from "react";
import type { Theme } from "@/lib/contracts/preferences";
import { CornerSwitches } from "./corner-switches";

type Props = {
  /** The name of the app, as the frame of the chat writes it. */
  wordmark: ReactNode;
  theme: Theme;
  isSignedIn: boolean;
  children: ReactNode;
};

/** The calm page around everything that comes before the chat: one column, nothing beside it. */
export function EntryShell({ wordmark, theme, isSignedIn, children }: Props) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between gap-4 px-5 py-3 sm:px-8 sm:py-5">
        <div className="text-base text-ink">{wordmark}</div>
        <CornerSwitches initialTheme={theme} isSignedIn={isSignedIn} />
      </header>
      <main className="mx-auto w-full max-w-md flex-1 px-5 pt-[clamp(1.5rem,9vh,7rem)] pb-16">
        {children}
      </main>
    </div>
  );
}
