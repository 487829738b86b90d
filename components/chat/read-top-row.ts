/** The message that is first in view; null when there is none. */
export function readTopRow(): string | null {
  const rows = Array.from(document.querySelectorAll<HTMLElement>("[data-row]"));
  const box = rows[0]?.closest("[role=region]")?.getBoundingClientRect();
  if (box === undefined) return null;
  const inView = rows.find((row) => row.getBoundingClientRect().bottom > box.top + 1);
  return inView?.dataset["row"] ?? null;
}
