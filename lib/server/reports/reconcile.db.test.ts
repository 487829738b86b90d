import * as fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import {
  usageGroupings,
  type UsageFilter,
  type UsageGrouping,
  type UsageSums,
} from "@/lib/contracts/usage-reports";
import type { Actor } from "@/lib/domain/actor";
import { writeCsv } from "@/lib/domain/reports/csv";
import { addDays } from "@/lib/domain/reports/days";
import { db } from "../db/client";
import { updateInstanceSettings } from "../db/settings";
import { bookRequest, bookRequests, type TestRequest } from "../db/testing-books";
import { makeUser, truncateTables, useTestDatabase } from "../db/testing";
import { newId } from "../ids";
import { findUsage } from "./find-usage";

useTestDatabase();

const runs = inject("databaseTemplate").kind === "pglite" ? 12 : 8;

/** Minutes ahead of UTC at the midnights where the range begins and ends: half hours too. */
const zones = {
  UTC: [0, 0],
  "Asia/Shanghai": [480, 480],
  "Asia/Kolkata": [330, 330],
  "America/New_York": [-240, -240],
  "Australia/Lord_Howe": [660, 630],
} as const;
type Zone = keyof typeof zones;
const zoneNames = Object.keys(zones) as [Zone, ...Zone[]];
const users = ["user-one", "user-two", "user-three"];
const groups = ["group-one", "group-two", "group-three"];
const start = Date.parse("2026-03-30T00:00:00Z");
const range = { from: "2026-04-02", to: "2026-04-08" };

/** A moment, in seconds from the first, or close to where the range begins or ends. */
type Moment = { seconds: number; edge: 0 | 1 | null };
const momentArbitrary: fc.Arbitrary<Moment> = fc.oneof(
  fc.record({ seconds: fc.integer({ min: 0, max: 12 * 86_400 }), edge: fc.constant(null) }),
  fc.record({ seconds: fc.integer({ min: -2_700, max: 2_700 }), edge: fc.constantFrom(0, 1) }),
);

function toDate({ seconds, edge }: Moment, zone: Zone): Date {
  if (edge === null) return new Date(start + seconds * 1_000);
  const midnight = Date.parse(edge === 0 ? range.from : addDays(range.to, 1));
  return new Date(midnight - zones[zone][edge] * 60_000 + seconds * 1_000);
}

const requestArbitrary: fc.Arbitrary<Omit<TestRequest, "at"> & { at: Moment }> = fc.record({
  userId: fc.constantFrom(...users),
  at: momentArbitrary,
  groupIds: fc.subarray(groups),
  keyId: fc.constantFrom(null, "key-number-one", "key-number-two"),
  modelId: fc.constantFrom("model-one", "model-two", "model-three"),
  providerId: fc.constantFrom("provider-one", "provider-two"),
  payer: fc.constantFrom("team" as const, "team" as const, "member" as const),
  kind: fc.constantFrom("answer" as const, "summary" as const, "continuation" as const),
  conversationId: fc.constantFrom(null, "conversation-one", "conversation-two"),
  currency: fc.constantFrom(null, "CNY" as const, "USD" as const),
  errorCode: fc.constantFrom(null, null, null, "provider_timeout" as const),
  inputTokens: fc.integer({ min: 0, max: 2_000_000 }),
  outputTokens: fc.integer({ min: 0, max: 100_000 }),
  isEstimated: fc.boolean(),
  firstTokenMs: fc.constantFrom(null, 10, 2_000),
});

/** What became of a call: it failed first, or was booked for lost and then turned out otherwise. */
const storyArbitrary = fc.record({
  request: requestArbitrary,
  rest: fc.constantFrom("nothing", "retry", "failover", "late", "lost", "again"),
});
type Story = typeof storyArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

const filterArbitrary: fc.Arbitrary<UsageFilter> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.record({ userId: fc.constantFrom(...users) }),
  fc.record({ groupId: fc.constantFrom(...groups) }),
  fc.record({ modelId: fc.constantFrom("model-one", "model-two") }),
  fc.record({ providerId: fc.constantFrom("provider-one", "provider-two") }),
  fc.record({ keyId: fc.constant("key-number-one") }),
  fc.record({ kind: fc.constantFrom("answer" as const, "summary" as const) }),
  fc.record({ paidBy: fc.constantFrom("team" as const, "member" as const) }),
  fc.record({ userId: fc.constantFrom(...users), kind: fc.constant("answer" as const) }),
);

async function tell({ request, rest }: Story, zone: Zone): Promise<void> {
  const callId = newId();
  const at = toDate(request.at, zone);
  const first = { ...request, at, callId };
  const book = (given: Partial<TestRequest>) => bookRequest({ ...first, ...given });
  // Where it was asked first, and where it was asked in the end.
  const tries = {
    retry: [
      { ...first, errorCode: "provider_failed" as const },
      { ...first, number: 2 },
    ],
    failover: [
      { ...first, modelId: "model-first", providerId: "provider-first", payer: "team" as const },
      { ...first, number: 2, errorCode: "provider_failed" as const },
      { ...first, number: 3 },
    ],
  };
  if (rest === "retry" || rest === "failover") {
    await bookRequests(tries[rest]);
  } else if (rest === "late" || rest === "lost") {
    const guess = { errorCode: null, isEstimated: true, inputTokens: 77 };
    await book({ ...guess, isProvisional: true, modelId: "model-first" });
    if (rest === "late") await bookRequests(tries.failover);
  } else {
    await book({});
    if (rest === "again") await book({});
  }
}

describe("rows, totals, the ledger and the CSV", () => {
  it("are the same to the last micro-unit, in every grouping and under every filter", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(storyArbitrary, { minLength: 1, maxLength: 14 }),
        filterArbitrary,
        fc.constantFrom(...zoneNames),
        fc.constantFrom(...zoneNames),
        async (stories, filter, zone, laterZone) => {
          await truncateTables();
          const admin = await makeUser({ role: "admin" });
          await updateInstanceSettings(admin, { timeZone: zone });
          for (const story of stories) await tell(story, zone);
          await compareAll(admin, filter, zone);
          await updateInstanceSettings(admin, { timeZone: laterZone });
          await compareAll(admin, filter, laterZone);
        },
      ),
      { numRuns: runs },
    );
  }, 120_000);
});

async function compareAll(admin: Actor, filter: UsageFilter, zone: string): Promise<void> {
  const entries = (await findEntries()).filter(isAsked(filter, zone));
  for (const groupBy of usageGroupings.filter((it) => it !== "conversation"))
    await compareReport(admin, groupBy, filter, entries);
  const { userId = users[0] ?? "" } = filter;
  const own = entries.filter((entry) => entry.userId === userId);
  for (const groupBy of usageGroupings)
    await compareReport({ userId, role: "member" }, groupBy, filter, own);
}

async function compareReport(
  actor: Actor,
  groupBy: UsageGrouping,
  filter: UsageFilter,
  entries: LedgerEntry[],
): Promise<void> {
  const report = await findUsage(actor, { groupBy, ...range, ...filter });
  const wanted = sumByKey(entries, groupBy, report.timeZone);
  const found = report.rows.filter(({ sums }) => sums.attempts > 0);
  expect(new Map(found.map(({ key, sums }) => [key, exact(sums)]))).toEqual(wanted);
  expect(exact(report.totals)).toEqual(sumUp(entries));
  const csv = writeCsv(report).trimEnd().split("\r\n").slice(1);
  expect(csv).toHaveLength(report.rows.length);
  if (groupBy !== "group") expect(sumCsv(csv)).toEqual(asCsv(sumUp(entries)));
}

/** What is in the books, and at which of a call's requests the call is counted: the last one. */
async function findEntries() {
  const entries = await db().ledgerEntry.findMany();
  const truth = ({ callId, isProvisional }: (typeof entries)[number]) =>
    `${callId}${isProvisional}`;
  const byCall = Map.groupBy(entries, truth);
  return entries.map((entry) => {
    const of = byCall.get(truth(entry)) ?? [];
    return { ...entry, isCall: entry.number === Math.max(...of.map(({ number }) => number)) };
  });
}

type LedgerEntry = Awaited<ReturnType<typeof findEntries>>[number];

type Exact = Pick<
  UsageSums,
  "calls" | "attempts" | "failed" | "estimated" | "unpriced" | "inputTokens" | "outputTokens"
> & { CNY: number; USD: number };

function exact(sums: UsageSums): Exact {
  const { calls, attempts, failed, estimated, unpriced, inputTokens, outputTokens, costs } = sums;
  const cost = (of: string) => costs.find(({ currency }) => currency === of)?.micros ?? 0;
  return {
    ...{ calls, attempts, failed, estimated, unpriced, inputTokens, outputTokens },
    ...{ CNY: cost("CNY"), USD: cost("USD") },
  };
}

function sumUp(entries: readonly LedgerEntry[]): Exact {
  const sum = (value: (entry: LedgerEntry) => number) =>
    entries.reduce((total, entry) => total + value(entry), 0);
  const count = (has: (entry: LedgerEntry) => boolean) =>
    sum((entry) => (has(entry) ? (entry.revision === 1 ? -1 : 1) : 0));
  const cost = (currency: string) =>
    sum((entry) => (entry.currency === currency ? Number(entry.costMicros ?? 0n) : 0));
  return {
    calls: count(({ isCall }) => isCall),
    attempts: count(() => true),
    failed: count(({ errorCode }) => errorCode !== null),
    estimated: count(({ source }) => source === "estimated"),
    unpriced: count(({ source, costMicros }) => source !== null && costMicros === null),
    inputTokens: sum((entry) => entry.inputTokens),
    outputTokens: sum((entry) => entry.outputTokens),
    ...{ CNY: cost("CNY"), USD: cost("USD") },
  };
}

function sumByKey(entries: readonly LedgerEntry[], groupBy: UsageGrouping, timeZone: string) {
  const byKey = new Map<string, LedgerEntry[]>();
  for (const entry of entries)
    for (const key of keysOf(entry, groupBy, timeZone))
      byKey.set(key, [...(byKey.get(key) ?? []), entry]);
  const sums = [...byKey].map(([key, of]) => [key, sumUp(of)] as const);
  return new Map(sums.filter(([, { attempts }]) => attempts > 0));
}

function keysOf(entry: LedgerEntry, groupBy: UsageGrouping, timeZone: string): string[] {
  switch (groupBy) {
    case "day":
      return [dayOf(entry.occurredAt, timeZone)];
    case "hour":
      return [`${entry.occurredAt.toISOString().slice(0, 13)}:00:00Z`];
    case "group":
      return entry.groupIds.length === 0 ? [""] : entry.groupIds;
    case "model":
      return [entry.modelId];
    case "provider":
      return [entry.providerId];
    case "user":
      return [entry.userId];
    case "key":
      return [entry.keyId ?? ""];
    case "payer":
      return [entry.paidBy];
    case "kind":
      return [entry.kind];
    case "error":
      return [entry.errorCode ?? ""];
    case "conversation":
      return [entry.conversationId ?? ""];
  }
}

const isAsked = (filter: UsageFilter, timeZone: string) => (entry: LedgerEntry) => {
  const day = dayOf(entry.occurredAt, timeZone);
  const { groupId, ...fields } = filter;
  return (
    day >= range.from &&
    day <= range.to &&
    (groupId === undefined || entry.groupIds.includes(groupId)) &&
    Object.entries(fields).every(([field, value]) => entry[field as keyof LedgerEntry] === value)
  );
};

const dayOf = (moment: Date, timeZone: string) =>
  new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(moment);

const csvColumns = [2, 3, 4, 5, 6, 7, 9, 11, 12];

/** The sums of some columns of lines; amounts in micro-units. */
function sumCsv(lines: readonly string[]): number[] {
  return csvColumns.map((column) =>
    lines.reduce((sum, line) => {
      const cell = line.split(",")[column] ?? "";
      return sum + Number(column >= 11 ? cell.replace(".", "") : cell);
    }, 0),
  );
}

const asCsv = (sums: Exact) => [
  ...[sums.calls, sums.attempts, sums.failed, sums.estimated, sums.unpriced],
  ...[sums.inputTokens, sums.outputTokens, sums.CNY, sums.USD],
];
