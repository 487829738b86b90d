// npm run bench:reports: how long reports take with a million rows in the ledger, on PostgreSQL
// when TEST_DATABASE_URL is set and on the embedded database otherwise.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { usageGroupings, type UsageFilter } from "@/lib/contracts/usage-reports";
import type { Actor } from "@/lib/domain/actor";
import { addDays } from "@/lib/domain/reports/days";
import { db, openDatabase, useDatabase } from "@/lib/server/db/client";
import { migrate } from "@/lib/server/db/migrate";
import { dropDatabase, runOnServer, withDatabaseName } from "@/lib/server/db/testing-postgres";
import { fillUsage } from "@/lib/server/db/testing-usage";
import { findDashboard } from "@/lib/server/reports/find-dashboard";
import { findUsage } from "@/lib/server/reports/find-usage";
import { formatFigure } from "./bench/table";
import { median } from "./bench/statistics";

const { values } = parseArgs({ options: { rows: { type: "string", default: "1000000" } } });
const serverUrl = process.env["TEST_DATABASE_URL"];
const goalMs = serverUrl ? 300 : 1_000;
const rowKinds = usageGroupings.filter((groupBy) => groupBy !== "hour");
const admin: Actor = { userId: "user-7", role: "admin" };
const member: Actor = { userId: "user-7", role: "member" };

const { drop, ...where } = await makeDatabase();
const database = await openDatabase(where);
try {
  useDatabase(database);
  await migrate(database);
  await fill();
  process.exitCode = (await measureAll()) ? 0 : 1;
} finally {
  await database.close();
  await drop();
}

async function makeDatabase() {
  const dataDir = await mkdtemp(path.join(tmpdir(), "parley-reports-"));
  const name = `parley_reports_${randomUUID().replaceAll("-", "")}`;
  if (serverUrl) await runOnServer(serverUrl, `CREATE DATABASE ${name}`);
  return {
    dataDir,
    DATABASE_URL: serverUrl ? withDatabaseName(serverUrl, name) : undefined,
    drop: async () => {
      if (serverUrl) await dropDatabase(serverUrl, name);
      await rm(dataDir, { recursive: true });
    },
  };
}

async function fill() {
  const startedAt = performance.now();
  await fillUsage({ rows: Number(values.rows), until: new Date() });
  const seconds = formatFigure((performance.now() - startedAt) / 1000);
  const [ledger, days, hours] = await Promise.all([
    db().ledgerEntry.count(),
    db().usageDay.count(),
    db().usageHour.count(),
  ]);
  console.log(`${serverUrl ? "PostgreSQL" : "Embedded"}, filled in ${seconds} s:`);
  console.log(`ledger ${ledger}, usage_days ${days}, usage_hours ${hours} rows\n`);
  console.log(`${"ms".padEnd(32)}   median     best`);
}

async function measureAll(): Promise<boolean> {
  const today = new Date().toISOString().slice(0, 10);
  const periods = { "30 days": 30, "92 days": 92, "365 days": 365 };
  let areAllQuick = true;
  for (const [period, days] of Object.entries(periods)) {
    const range = { from: addDays(today, 1 - days), to: today };
    const reports: Record<string, () => Promise<unknown>> = {
      ...Object.fromEntries(
        rowKinds.map((groupBy) => [groupBy, () => findUsage(admin, { groupBy, ...range })]),
      ),
      "own, by day": () => findUsage(member, { groupBy: "day", ...range }),
      "model, of a group": () =>
        findUsage(admin, { groupBy: "model", groupId: "group-2", ...range }),
      "day, of a model": () => findUsage(admin, { groupBy: "day", modelId: "model-4", ...range }),
      dashboard: () => findDashboard(admin, range),
      "dashboard, of a model": () => findDashboard(admin, { ...range, modelId: "model-4" }),
    };
    // Reports by hour are refused beyond that.
    if (days <= 92) Object.assign(reports, byHour(range));
    for (const [name, run] of Object.entries(reports)) {
      const times = await measure(run);
      const ms = median(times);
      areAllQuick &&= ms <= goalMs;
      const cells = [ms, Math.min(...times)].map((time) => formatFigure(time).padStart(8));
      const note = ms > goalMs ? "  over the goal" : "";
      console.log(`${period.padEnd(9)} ${name.padEnd(22)} ${cells.join(" ")}${note}`);
    }
  }
  return areAllQuick;
}

function byHour(range: { from: string; to: string }) {
  const ask = (filter: UsageFilter) => findUsage(admin, { groupBy: "hour", ...range, ...filter });
  return {
    hour: () => ask({}),
    "hour, of a group": () => ask({ groupId: "group-2" }),
    "hour, of a user": () => ask({ userId: "user-7" }),
  };
}

async function measure(run: () => Promise<unknown>): Promise<number[]> {
  await run();
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const startedAt = performance.now();
    await run();
    times.push(performance.now() - startedAt);
  }
  return times;
}
