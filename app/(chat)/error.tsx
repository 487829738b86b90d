"use client";

import { CrashPage } from "@/components/ui/crash-page";

/** The sidebar stays, so that one can go elsewhere. */
export default function ChatErrorPage({ retry }: { retry: () => void }) {
  return <CrashPage onRetry={retry} isInFrame />;
}
