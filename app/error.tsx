"use client";

import { CrashPage } from "@/components/ui/crash-page";

export default function ErrorPage({ retry }: { retry: () => void }) {
  return <CrashPage onRetry={retry} />;
}
