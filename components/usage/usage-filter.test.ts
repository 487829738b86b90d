import { describe, expect, it } from "vitest";
import { usageQuerySchema } from "@/lib/contracts/usage-reports";
import { findFilter, readFilters, toQuery, writeFilter } from "./usage-filter";

const id = "01a203e4-3368-75b7-a962-46e9d1e6450f";

describe("filters in the address", () => {
  it("come back as they were set, and go with an empty value", () => {
    const search = new URLSearchParams("period=7d");
    writeFilter(search, "model", id);
    writeFilter(search, "kind", "summary");
    expect(readFilters(search)).toEqual({ model: id, kind: "summary" });
    writeFilter(search, "model", "");
    expect(readFilters(search)).toEqual({ kind: "summary" });
    expect(search.get("period")).toBe("7d");
  });

  it("are passed over where they can't be any", () => {
    const search = new URLSearchParams("kind=nothing&user=&model=%00&payer=nobody");
    expect(readFilters(search)).toEqual({});
  });

  it("are a query that the API takes", () => {
    const search = new URLSearchParams(
      `user=${id}&group=${id}&provider=${id}&key=${id}&payer=member`,
    );
    expect(usageQuerySchema.parse(toQuery(readFilters(search)))).toMatchObject({
      userId: id,
      groupId: id,
      providerId: id,
      keyId: id,
      paidBy: "member",
    });
  });

  it("are there for rows that one can be chosen of, and not for days", () => {
    expect(findFilter("provider")).toBe("provider");
    expect(findFilter("payer")).toBe("payer");
    expect(findFilter("day")).toBeNull();
  });
});
