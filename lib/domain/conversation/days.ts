import type { ConversationSummary } from "@/lib/contracts/conversations";

/** The far ones are named after their month, `2026-9`; the near ones have a name of their own. */
export type DayGroup = {
  key: "today" | "yesterday" | "week" | "month" | `${number}-${number}`;
  conversations: ConversationSummary[];
};

const dayMs = 86_400_000;

/**
 * Groups conversations by when they were last used, as the calendar of `timeZone` has it: today,
 * yesterday, the past 7 and 30 days, then by month. Keeps the given order, newest first.
 */
export function groupByDay(
  conversations: readonly ConversationSummary[],
  now: Date,
  timeZone: string,
): DayGroup[] {
  const toDay = dayReader(timeZone);
  const today = toDay(now);
  const groups: DayGroup[] = [];
  for (const conversation of conversations) {
    const day = toDay(new Date(conversation.updatedAt));
    const key = nameDay(dayNumber(today) - dayNumber(day), day);
    const last = groups.at(-1);
    if (last?.key === key) last.conversations.push(conversation);
    else groups.push({ key, conversations: [conversation] });
  }
  return groups;
}

/** A time zone that this runtime knows, else UTC. */
export function asTimeZone(value: string | undefined): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

type Day = { year: number; month: number; day: number };

function nameDay(daysAgo: number, { year, month }: Day): DayGroup["key"] {
  // Clocks differ a little: what seems to come from tomorrow is of today.
  if (daysAgo <= 0) return "today";
  if (daysAgo === 1) return "yesterday";
  if (daysAgo <= 7) return "week";
  if (daysAgo <= 30) return "month";
  return `${year}-${month}`;
}

function dayNumber({ year, month, day }: Day): number {
  return Date.UTC(year, month - 1, day) / dayMs;
}

function dayReader(timeZone: string): (date: Date) => Day {
  const format = new Intl.DateTimeFormat("en-US-u-ca-gregory", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  return (date) => {
    const parts = format.formatToParts(date);
    const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    return { year: read("year"), month: read("month"), day: read("day") };
  };
}
