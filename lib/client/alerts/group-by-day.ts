type Day<Item> = {
  /** ISO 8601, such as `2026-11-22`. */
  key: string;
  /** How many days ago that is; 0 for today. */
  daysAgo: number;
  items: Item[];
};

const dayMs = 86_400_000;

/** Puts what happened on the same day of `timeZone` together; keeps the order. */
export function groupByDay<Item extends { createdAt: string }>(
  items: readonly Item[],
  now: Date,
  timeZone: string,
): Day<Item>[] {
  // The Swedish way to write a day is that of ISO 8601.
  const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone });
  const today = Date.parse(format.format(now));
  const days: Day<Item>[] = [];
  for (const item of items) {
    const key = format.format(new Date(item.createdAt));
    const last = days.at(-1);
    if (last?.key === key) last.items.push(item);
    else days.push({ key, daysAgo: Math.round((today - Date.parse(key)) / dayMs), items: [item] });
  }
  return days;
}
