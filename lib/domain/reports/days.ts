/** Days as `2026-11-22`, whatever the time zone. */

const dayMs = 86_400_000;

/** The day so many days later, or earlier. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

/** How many days there are from one to another, both counted. */
export function countDays(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs) + 1;
}

/** Every day from one to another. */
export function listDays(from: string, to: string): string[] {
  return Array.from({ length: countDays(from, to) }, (_, index) => addDays(from, index));
}

/** The first day of its month. */
export function startOfMonth(day: string): string {
  return `${day.slice(0, 8)}01`;
}

/** How many days of its month come after it. */
export function daysLeftInMonth(day: string): number {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).getUTCDate() - Number(day.slice(8));
}
