import { beforeEach, describe, expect, it, vi } from "vitest";
import { GET as getComparison } from "@/app/api/admin/dashboard/compare/route";
import { GET as getDashboard } from "@/app/api/admin/dashboard/route";
import { compareSchema, dashboardSchema, usageReportSchema } from "@/lib/contracts/usage-reports";
import { sessionCookieName } from "@/lib/server/auth/session-cookie";
import { writeSessionToken } from "@/lib/server/auth/session-token";
import { openBrowser } from "@/lib/server/auth/testing-browser";
import { bookRequest } from "@/lib/server/db/testing-books";
import { storeModel } from "@/lib/server/db/testing-models";
import { makeUser, useTestDatabase } from "@/lib/server/db/testing";
import { GET } from "./route";

vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

useTestDatabase();

type Handler = Parameters<ReturnType<typeof openBrowser>["call"]>[0];

async function openAs(role: "admin" | "member") {
  const { userId } = await makeUser({ role, name: "=Bo, the “first”" });
  const browser = openBrowser();
  browser.jar.set(sessionCookieName(), await writeSessionToken({ userId, version: 0 }));
  const ask = (route: Handler, path: string) => browser.call(route, `/api/${path}`);
  return { userId, ask };
}

const days = "from=2026-11-09&to=2026-11-11";

let member: Awaited<ReturnType<typeof openAs>>;
let admin: Awaited<ReturnType<typeof openAs>>;
beforeEach(async () => {
  member = await openAs("member");
  admin = await openAs("admin");
  const at = new Date("2026-11-10T12:00:00Z");
  await bookRequest({ userId: member.userId, at });
  await bookRequest({ userId: admin.userId, at, currency: "USD" });
});

describe("GET /api/usage", () => {
  it("answers as the contract says, a member with their own", async () => {
    for (const groupBy of ["day", "hour", "model", "user", "group", "key", "conversation"]) {
      const response = await member.ask(GET, `usage?${days}&groupBy=${groupBy}&scope=all`);
      const report = usageReportSchema.parse(await response.json());
      expect(report.totals.calls).toBe(1);
    }
    const everybody = await admin.ask(GET, `usage?${days}`);
    expect(usageReportSchema.parse(await everybody.json()).totals.calls).toBe(2);
  });

  it("gives the same as a file for spreadsheets", async () => {
    const response = await admin.ask(GET, `usage?${days}&groupBy=user&format=csv`);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="usage-by-user-2026-11-09-to-2026-11-11.csv"',
    );
    expect(response.headers.get("cache-control")).toBe("no-store");
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder().decode(bytes);
    expect(text).toContain(
      `${member.userId},"'=Bo, the “first” (${member.userId}@example.com)",1,`,
    );
    expect(text).toContain(",0.002800,,");
    expect(text).toContain(",,0.002800,");
  });

  it.each(["from=2026-11-12&to=2026-11-11", "from=2025-01-01&to=2026-11-11", "groupBy=message"])(
    "refuses %s",
    async (query) => {
      const response = await admin.ask(GET, `usage?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: "invalid_input" } });
    },
  );
});

describe("the dashboard's routes", () => {
  it("answer admins as the contract says", async () => {
    const { modelId } = await storeModel({ name: "b", baseUrl: "http://127.0.0.1:9" });
    const dashboard = await admin.ask(getDashboard, `admin/dashboard?${days}`);
    expect(dashboardSchema.parse(await dashboard.json()).totals.calls).toBe(2);
    const path = `admin/dashboard/compare?${days}&onModelId=${modelId}`;
    const compared = compareSchema.parse(await (await admin.ask(getComparison, path)).json());
    expect(compared.actual).toHaveLength(2);
    expect((await member.ask(getDashboard, `admin/dashboard?${days}`)).status).toBe(403);
    expect((await member.ask(getComparison, path)).status).toBe(403);
  });
});
