/** Where a message begins on the screen, in pixels from the top of the page. */
export function topOf(messageId: string): number {
  return findArticle(messageId)?.getBoundingClientRect().top ?? 0;
}

/** Puts the keyboard on the button from which a message's text is changed. */
export function focusEditButton(messageId: string): void {
  findArticle(messageId)
    ?.querySelector<HTMLElement>("[data-edits]")
    ?.focus({ preventScroll: true });
}

/** Puts the keyboard back into the composer, where that brings no keyboard onto the screen. */
export function focusComposer(): void {
  if (!window.matchMedia("(pointer: fine)").matches) return;
  document.querySelector<HTMLElement>("textarea[name=message]")?.focus({ preventScroll: true });
}

function findArticle(messageId: string): Element | null {
  return document.querySelector(`[data-message-id="${CSS.escape(messageId)}"]`);
}
