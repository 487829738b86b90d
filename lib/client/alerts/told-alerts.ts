import type { Alert } from "@/lib/contracts/alerts";

type Shelf = Pick<Storage, "getItem" | "setItem">;

/** Up to which alert this browser has said something in passing, of an account. */
const shelfName = (userId: string) => `parley.alerts-told.${userId}`;

/**
 * Those of `fresh` that are said in passing on this page: a budget's 80 or 100 %, the highest of
 * each, where it is about this user. Each is said once in a browser, whichever tab says it.
 */
export function takeAlertsToTell(
  fresh: readonly Alert[],
  userId: string,
  openShelf: () => Shelf,
): Alert[] {
  const told = readTold(userId, openShelf);
  const highest = new Map<string, Alert>();
  let newest = told;
  for (const alert of fresh) {
    const { facts, createdAt } = alert;
    if (!isAbout(alert, userId) || facts.kind !== "budget" || createdAt <= told) continue;
    if (createdAt > newest) newest = createdAt;
    const other = highest.get(facts.budgetId)?.facts;
    if (other?.kind !== "budget" || other.percent < facts.percent)
      highest.set(facts.budgetId, alert);
  }
  if (newest !== told) keepTold(userId, newest, openShelf);
  return [...highest.values()];
}

function isAbout({ facts }: Alert, userId: string): boolean {
  if (facts.kind !== "budget" || facts.percent < 80) return false;
  const { scope, subjectId } = facts;
  // The whole team's budget ends for each of them.
  return (
    scope === "instance" || ((scope === "user" || scope === "each_user") && subjectId === userId)
  );
}

function readTold(userId: string, openShelf: () => Shelf): string {
  try {
    return openShelf().getItem(shelfName(userId)) ?? "";
  } catch {
    // Browsers may keep it closed; then each tab says it.
    return "";
  }
}

function keepTold(userId: string, newest: string, openShelf: () => Shelf): void {
  try {
    openShelf().setItem(shelfName(userId), newest);
  } catch {
    // As above.
  }
}
