"use client";

import type { RefObject } from "react";
import { Button } from "@/components/ui/button";

type MoreMessagesProps = {
  marker: RefObject<HTMLDivElement | null>;
  progress: "idle" | "loading" | "failed";
  words: { load: string; loading: string; failed: string };
  onLoad: () => void;
};

/** Where the loaded messages end: more come by themselves, or when asked for. */
export function MoreMessages({ marker, progress, words, onLoad }: MoreMessagesProps) {
  return (
    <div ref={marker} className="flex min-h-9 flex-wrap items-center justify-center gap-2 text-ui">
      {progress === "loading" && (
        <span role="status" className="text-ink-faint">
          {words.loading}
        </span>
      )}
      {progress === "failed" && <span className="text-ink-soft">{words.failed}</span>}
      {progress !== "loading" && (
        <Button variant="ghost" size="sm" onClick={onLoad}>
          {words.load}
        </Button>
      )}
    </div>
  );
}
