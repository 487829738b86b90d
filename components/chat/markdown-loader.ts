import type { ComponentType } from "react";
import { createStore } from "@/lib/client/store";
import type { MarkdownProps } from "./markdown/markdown";

/** The component that sets Markdown; null as long as no answer needed it. */
export const markdownStore = createStore<{ Markdown: ComponentType<MarkdownProps> } | null>(null);

/** A page that opens with answers brings it along, so that its first paint is set. */
export function provideMarkdown(Markdown: ComponentType<MarkdownProps>): void {
  if (markdownStore.get() === null) markdownStore.set({ Markdown });
}

/** Fetches it for a page that opened without answers. Tried again with the next answer. */
export async function loadMarkdown(): Promise<void> {
  if (markdownStore.get() !== null) return;
  try {
    const { Markdown } = await import("./markdown/markdown");
    // Answers that wait for it are set in a task of their own.
    await new Promise((resolve) => setTimeout(resolve));
    provideMarkdown(Markdown);
  } catch {
    // Off the network; until it is back, answers are plain text.
  }
}
