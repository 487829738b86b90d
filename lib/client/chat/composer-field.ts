import { createStore } from "../store";

/** A crash loses no more than what was typed in this time. */
const keepDraftAfterMs = 250;

/** From here on the field has reached its greatest height whatever is in it. */
const surelyTallCharacters = 10_000;

/** A pasted line longer than this makes every key after it take seconds in Chromium. */
const slowLineCharacters = 20_000;

/**
 * The text in a composer. The field itself holds it, so that typing renders nothing; what is
 * known outside is how long it is. Kept as a draft while one types.
 */
export function createComposerField() {
  const measured = createStore({ length: 0, isBlank: true });
  let field: HTMLTextAreaElement | null = null;
  let keepDraft: (text: string) => boolean = () => true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether its emptiness is somebody's doing: one that was empty says nothing of other tabs. */
  let isTouched = false;
  /** Whether somebody typed in it what is there: another tab may show the same draft untouched. */
  let isTyped = false;

  const read = () => field?.value ?? "";
  /** Returns whether there is nothing to lose. */
  const keep = (): boolean => {
    clearTimeout(timer);
    timer = undefined;
    if (field === null || (field.value === "" && !isTouched)) return true;
    isTouched = false;
    return keepDraft(field.value) || field.value.trim() === "";
  };
  /** Where the browser can't keep what was typed, it asks before the page is left. */
  const askToStay = (event: BeforeUnloadEvent) => {
    if (!keep()) event.preventDefault();
  };
  const measure = () => {
    const text = read();
    const { length } = text;
    const isBlank = text.trim() === "";
    const before = measured.get();
    if (before.length !== length || before.isBlank !== isBlank) measured.set({ length, isBlank });
    fitHeight(field);
  };
  const write = (text: string) => {
    if (field === null) return;
    field.value = text;
    isTouched = true;
    isTyped = false;
    measure();
    keep();
  };

  return {
    measured,
    read,
    write,

    /** Takes a field over; returns what lets it go, with its text kept. */
    attach(
      element: HTMLTextAreaElement,
      { text, onKeep }: { text: string; onKeep: (text: string) => boolean },
    ): () => void {
      field = element;
      keepDraft = onKeep;
      isTouched = false;
      isTyped = false;
      // Something may have been typed before the page took over.
      if (element.value === "") element.value = text;
      measure();
      window.addEventListener("pagehide", keep);
      window.addEventListener("beforeunload", askToStay);
      // The last moment on a phone, where pages are ended without a word.
      document.addEventListener("visibilitychange", keep);
      return () => {
        keep();
        window.removeEventListener("pagehide", keep);
        window.removeEventListener("beforeunload", askToStay);
        document.removeEventListener("visibilitychange", keep);
        field = null;
      };
    },

    /**
     * Puts text with an endless line in by script, which keeps the field quick; the price is that
     * the browser's own undo begins anew. Returns whether it did.
     */
    handlePaste(text: string): boolean {
      if (field === null || !text.split("\n").some((line) => line.length > slowLineCharacters)) {
        return false;
      }
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      isTyped = true;
      measure();
      keep();
      return true;
    },

    handleInput: (): void => {
      isTouched = true;
      isTyped = true;
      measure();
      timer ??= setTimeout(keep, keepDraftAfterMs);
    },

    /** Puts text that was not sent before what is there now, and lets one go on writing. */
    putBack(text: string): void {
      if (field === null) return;
      const present = field.value;
      write(present.trim() === "" || present === text ? text : `${text}\n${present}`);
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    },

    /** Keeps once more what was typed here: another tab has removed it with what was its own. */
    keepTyped(): void {
      if (isTyped && read() !== "") keep();
    },

    focus(): void {
      field?.focus({ preventScroll: true });
    },
  };
}

/** Grows the field with its text where the browser does not do that by itself. */
function fitHeight(field: HTMLTextAreaElement | null): void {
  if (field === null || CSS.supports("field-sizing", "content")) return;
  if (field.value.length > surelyTallCharacters) {
    // Measuring would lay all of it out, at every key.
    field.style.height = "40dvh";
    return;
  }
  field.style.height = "auto";
  field.style.height = `${String(field.scrollHeight)}px`;
}
