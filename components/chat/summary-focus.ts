/**
 * Keeps the keyboard where it is when the control that it was on goes: with the summary's section,
 * so that the next Tab leads to what takes its place.
 */
export function focusSummary(control: Element | null): void {
  control?.closest<HTMLElement>("section[data-summary]")?.focus({ preventScroll: true });
}
