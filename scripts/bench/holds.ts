// Part of npm run bench: holds and settles calls on a database, and prints how long that took.
import { newId } from "@/lib/server/ids";
import { db, openDatabase, useDatabase } from "@/lib/server/db/client";
import { holdBudgets } from "@/lib/server/db/hold-budgets";
import { migrate } from "@/lib/server/db/migrate";
import { makeAttempt, makeBudget, makeCall, settle } from "@/lib/server/db/testing-holds";
import { nowMicros } from "./clock";
import { median } from "./statistics";

/** What the bench reads of it; `fromMicros` and `toMicros` by the machine's clock. */
export type PhaseFigures = { medianMs: number; fromMicros: number; toMicros: number };
export type HoldFigures = { calls: number; hold: PhaseFigures; settle: PhaseFigures };

const calls = 100;
const warmUps = 20;

const [dataDir = "", url = ""] = process.argv.slice(2);
const database = await openDatabase({ dataDir, DATABASE_URL: url === "" ? undefined : url });
try {
  await migrate(database);
  useDatabase(database);
  process.stdout.write(JSON.stringify(await measure()));
} finally {
  await database.close();
}

async function measure(): Promise<HoldFigures> {
  const userId = newId();
  const email = `${userId}@example.com`;
  await db().user.create({ data: { id: userId, role: "member", email, name: "Bench" } });
  const actor = { userId, role: "member" as const };
  // Three budgets at once: for the team's money, for each member's tokens, for this one's money.
  await makeBudget(1e12);
  await makeBudget(1e12, { scope: "each_user", unit: "tokens", period: "day" });
  await makeBudget(1e12, { scope: "user", subjectId: userId, period: "once" });
  const made = Array.from({ length: warmUps + calls }, () => makeCall());
  const [warm, timed] = [made.slice(0, warmUps), made.slice(warmUps)];
  const hold = async (call: (typeof made)[number]) => {
    if (!(await holdBudgets(actor, call)).isHeld) throw new Error("not held");
  };
  const end = ({ callId }: (typeof made)[number]) => settle(userId, callId, [makeAttempt(callId)]);
  await measurePhase(warm, hold);
  const holds = await measurePhase(timed, hold);
  await measurePhase(warm, end);
  return { calls, hold: holds, settle: await measurePhase(timed, end) };
}

async function measurePhase<Item>(
  items: readonly Item[],
  run: (item: Item) => Promise<void>,
): Promise<PhaseFigures> {
  const fromMicros = nowMicros();
  const times: number[] = [];
  for (const item of items) {
    const startedAt = performance.now();
    await run(item);
    times.push(performance.now() - startedAt);
  }
  return { medianMs: median(times), fromMicros, toMicros: nowMicros() };
}
