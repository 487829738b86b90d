/** The text of a field, untouched; empty when there is no such field. */
export function readText(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}

/** Puts the keyboard into the first field that needs another look. Whether there was one. */
export function focusFirstInvalid(form: HTMLFormElement, names: readonly string[]): boolean {
  const first = names[0];
  if (first === undefined) return false;
  const field = form.elements.namedItem(first);
  if (field instanceof HTMLInputElement) field.focus();
  return true;
}
