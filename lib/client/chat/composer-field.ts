import { createStore } from "../store";

const keepDraftAfterMs = 300;

/**
 * The text in a composer. The field itself holds it, so that typing renders nothing; what is
 * known outside is how long it is. Kept as a draft shortly after each pause.
 */
export function createComposerField() {
  const measured = createStore({ length: 0, isBlank: true });
  let field: HTMLTextAreaElement | null = null;
  let keepDraft: (text: string) => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const read = () => field?.value ?? "";
  const keep = () => {
    clearTimeout(timer);
    if (field !== null) keepDraft(field.value);
  };
  const measure = () => {
    const length = read().length;
    const isBlank = read().trim() === "";
    const before = measured.get();
    if (before.length !== length || before.isBlank !== isBlank) measured.set({ length, isBlank });
    fitHeight(field);
  };
  const write = (text: string) => {
    if (field === null) return;
    field.value = text;
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
      { text, onKeep }: { text: string; onKeep: (text: string) => void },
    ): () => void {
      field = element;
      keepDraft = onKeep;
      // Something may have been typed before the page took over.
      if (element.value === "") element.value = text;
      measure();
      window.addEventListener("pagehide", keep);
      return () => {
        keep();
        window.removeEventListener("pagehide", keep);
        field = null;
      };
    },

    handleInput: (): void => {
      measure();
      clearTimeout(timer);
      timer = setTimeout(keep, keepDraftAfterMs);
    },

    /** Puts text that was not sent before what is there now, and lets one go on writing. */
    putBack(text: string): void {
      if (field === null) return;
      const present = field.value;
      write(present.trim() === "" || present === text ? text : `${text}\n${present}`);
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    },

    focus(): void {
      field?.focus({ preventScroll: true });
    },
  };
}

/** Grows the field with its text where the browser does not do that by itself. */
function fitHeight(field: HTMLTextAreaElement | null): void {
  if (field === null || CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${String(field.scrollHeight)}px`;
}
