import { describe, expect, it } from "vitest";
import type { Alert, AlertsPage } from "@/lib/contracts/alerts";
import { mergeNewest } from "./alerts";
import { groupByDay } from "./group-by-day";
import { takeAlertsToTell } from "./told-alerts";

type BudgetFacts = Extract<Alert["facts"], { kind: "budget" }>;

function makeAlert(id: string, facts: Partial<BudgetFacts> = {}, createdAt = `${id}:00`): Alert {
  return {
    id,
    createdAt,
    isNew: true,
    facts: {
      kind: "budget",
      budgetId: "b",
      name: "Daily",
      scope: "each_user",
      subjectId: "me",
      subjectName: "Mia",
      span: "2026-11",
      unit: "tokens",
      percent: 80,
      limit: 100,
      used: 80,
      isHard: true,
      ...facts,
    },
  };
}

function makePage(ids: string[], before: string | null): AlertsPage {
  return { alerts: ids.map((id) => makeAlert(id)), newCount: 1, before };
}

const idsOf = (page: AlertsPage) => page.alerts.map(({ id }) => id);

describe("the newest page of alerts", () => {
  it("goes over what was read of older ones", () => {
    const merged = mergeNewest(
      makePage(["4", "3", "2", "1"], null),
      makePage(["5", "4", "3"], "3"),
    );
    expect(idsOf(merged)).toEqual(["5", "4", "3", "2", "1"]);
    expect(merged.before).toBeNull();
  });

  it("takes the place of all that was read where something may lie between", () => {
    const merged = mergeNewest(makePage(["2", "1"], null), makePage(["9", "8"], "8"));
    expect(idsOf(merged)).toEqual(["9", "8"]);
    expect(merged.before).toBe("8");
  });

  it("is all there is at first", () => {
    expect(idsOf(mergeNewest(null, makePage(["1"], null)))).toEqual(["1"]);
    expect(idsOf(mergeNewest(makePage([], null), makePage(["1"], "1")))).toEqual(["1"]);
  });
});

describe("what is said in passing", () => {
  const openShelf = () => {
    const shelf = new Map<string, string>();
    return () => ({
      getItem: (key: string) => shelf.get(key) ?? null,
      setItem: (key: string, value: string) => void shelf.set(key, value),
    });
  };
  const tell = (alerts: Alert[], shelf = openShelf()) =>
    takeAlertsToTell(alerts, "me", shelf).map(({ id }) => id);

  it("is a budget of one's own, or everybody's, from 80 % on", () => {
    expect(tell([makeAlert("1")])).toEqual(["1"]);
    expect(tell([makeAlert("1", { scope: "user", percent: 100 })])).toEqual(["1"]);
    expect(tell([makeAlert("1", { scope: "instance", subjectId: "instance" })])).toEqual(["1"]);
    expect(tell([makeAlert("1", { percent: 50 })])).toEqual([]);
    expect(tell([makeAlert("1", { subjectId: "somebody" })])).toEqual([]);
    expect(tell([makeAlert("1", { scope: "group", subjectId: "me" })])).toEqual([]);
  });

  it("is nothing about providers or unusual use", () => {
    const facts = { kind: "calls_per_minute", userName: "Mia", calls: 9, threshold: 1 } as const;
    expect(tell([{ ...makeAlert("1"), facts }])).toEqual([]);
  });

  it("is the highest mark where several are passed at once", () => {
    expect(tell([makeAlert("2", { percent: 100 }), makeAlert("1")])).toEqual(["2"]);
    expect(tell([makeAlert("1"), makeAlert("2", { percent: 100 })])).toEqual(["2"]);
  });

  it("is said once, whichever tab hears it", () => {
    const shelf = openShelf();
    expect(tell([makeAlert("1")], shelf)).toEqual(["1"]);
    expect(tell([makeAlert("1")], shelf)).toEqual([]);
    expect(tell([makeAlert("2", { percent: 100 }), makeAlert("1")], shelf)).toEqual(["2"]);
  });

  it("is said all the same where the browser keeps nothing", () => {
    const closed = () => {
      throw new DOMException("denied", "SecurityError");
    };
    expect(takeAlertsToTell([makeAlert("1")], "me", closed)).toHaveLength(1);
  });
});

describe("alerts by day", () => {
  it("follow the calendar of the reader, not that of the server", () => {
    const items = ["2026-11-22T17:00:00Z", "2026-11-22T15:00:00Z", "2026-11-20T17:00:00Z"].map(
      (createdAt) => ({ createdAt }),
    );
    const now = new Date("2026-11-22T18:00:00Z");
    const days = groupByDay(items, now, "Asia/Shanghai");
    expect(days.map(({ key, daysAgo, items: { length } }) => [key, daysAgo, length])).toEqual([
      ["2026-11-23", 0, 1],
      ["2026-11-22", 1, 1],
      ["2026-11-21", 2, 1],
    ]);
  });
});
