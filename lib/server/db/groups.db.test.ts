import { describe, expect, it } from "vitest";
import { newId } from "../ids";
import { createBudget, findBudgets } from "./budgets";
import { createGroup, deleteGroup, findGroups, updateGroup } from "./groups";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

describe("a group", () => {
  it("has a name of its own and members, and goes with its budgets", async () => {
    const admin = await makeUser({ role: "admin", name: "Ada" });
    const mia = await makeUser({ name: "Mia" });
    const { id } = await createGroup(admin, { name: "Lab", memberIds: [mia.userId] });
    await expect(createGroup(admin, { name: "Lab", memberIds: [] })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(createGroup(admin, { name: "X", memberIds: [newId()] })).rejects.toMatchObject({
      code: "not_found",
    });
    await updateGroup(admin, id, { name: "Laboratory" });
    expect(await findGroups(admin)).toMatchObject([
      { id, name: "Laboratory", members: [{ name: "Mia" }] },
    ]);
    await createBudget(admin, {
      ...{ name: "Lab's", scope: "group", subjectId: id, unit: "tokens", period: "month" },
      ...{ limit: 1_000, isHard: true, allowsUnpriced: false },
    });
    await deleteGroup(admin, id);
    expect(await findBudgets(admin)).toEqual([]);
    await expect(deleteGroup(admin, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(findGroups(mia)).rejects.toMatchObject({ code: "forbidden" });
  });
});
