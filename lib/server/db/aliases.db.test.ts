import { beforeEach, describe, expect, it } from "vitest";
import type { Alias } from "@/lib/contracts/aliases";
import type { Actor } from "@/lib/domain/actor";
import { newId } from "../ids";
import { createAlias, deleteAlias, findAliases, resolveAlias, updateAlias } from "./aliases";
import { db } from "./client";
import { createModels, deleteModel, findModelOptions, updateModel } from "./models";
import { deleteProvider, insertProvider, updateProvider } from "./providers";
import { testModel } from "./testing-models";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

let admin: Actor;
let member: Actor;
let providerId: string;

beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
  member = await makeUser();
  providerId = await connect(["a", "b", "c"]);
});

async function connect(models: string[], name = "Provider"): Promise<string> {
  const id = newId();
  await insertProvider(admin, {
    id,
    name,
    kind: "openai-compatible",
    baseUrl: "https://api.example.com/v1",
    apiVersion: null,
    key: null,
    source: "admin",
    models: models.map(testModel),
  });
  return id;
}

const seen = () => ({ id: providerId, baseUrl: "https://api.example.com/v1" });
const list = () => findAliases(admin);
const names = async () => (await list()).map(({ name }) => name);
const behind = ({ targets }: Alias) => targets.map(({ label }) => label);
const defaults = async () =>
  (await list()).filter(({ isDefault }) => isDefault).map(({ name }) => name);
const options = async () => (await findModelOptions(member)).map(({ label }) => label);

async function named(name: string): Promise<Alias> {
  const alias = (await list()).find((one) => one.name === name);
  if (alias === undefined) throw new Error(`no alias ${name}`);
  return alias;
}

/** Ids of the models, by name: each has an alias of the same id. */
async function modelIds(...wanted: string[]): Promise<string[]> {
  const rows = await db().model.findMany({ select: { id: true, name: true } });
  return wanted.map((name) => rows.find((row) => row.name === name)?.id ?? "missing");
}

const make = async (name: string, ...models: string[]) =>
  createAlias(admin, { name, description: "", targets: await modelIds(...models) });

describe("an alias", () => {
  it("stands for its models in their order, and comes last in the list", async () => {
    const alias = await make("Smart", "c", "a");
    expect(behind(alias)).toEqual(["c", "a"]);
    expect(await names()).toEqual(["a", "b", "c", "Smart"]);
    const resolved = await resolveAlias(member, alias.id);
    expect(resolved?.name).toBe("Smart");
    expect(resolved?.targets.map(({ name }) => name)).toEqual(["c", "a"]);
    expect((await findModelOptions(member)).find(({ id }) => id === alias.id)).toMatchObject({
      label: "Smart",
      modelLabel: "c",
      targetCount: 2,
    });
  });

  it("sees where any of its models does, since that one is asked", async () => {
    const visionOf = async (id: string) =>
      (await findModelOptions(member)).find((one) => one.id === id)?.capabilities.vision;
    const sees = async (model: string, vision: "yes" | "no") => {
      const [id = ""] = await modelIds(model);
      await updateModel(admin, id, {
        card: { capabilities: { vision }, parameters: {}, fixed: [] },
      });
    };
    await sees("a", "no");
    await sees("b", "no");
    const { id } = await make("Sight", "a", "b");
    expect(await visionOf(id)).toBe("no");
    await sees("b", "yes");
    expect(await visionOf(id)).toBe("yes");
  });

  it("is renamed, described and given other models in another order", async () => {
    const { id } = await make("Smart", "a");
    const changed = await updateAlias(admin, id, {
      name: "Fast",
      description: "Short answers",
      targets: await modelIds("b", "c", "a"),
    });
    expect(changed).toMatchObject({ name: "Fast", description: "Short answers" });
    expect(behind(changed)).toEqual(["b", "c", "a"]);
    await updateAlias(admin, id, { targets: await modelIds("a", "b") });
    expect(behind(await named("Fast"))).toEqual(["a", "b"]);
  });

  it("has a name that no other has, also when two are made at the same moment", async () => {
    const conflict = { code: "conflict", details: { field: "name" } };
    const alias = await make("Smart", "a");
    await expect(make("Smart", "b")).rejects.toMatchObject(conflict);
    await expect(make("a", "b")).rejects.toMatchObject(conflict);
    const [first] = await modelIds("a");
    await expect(updateAlias(admin, first ?? "", { name: "Smart" })).rejects.toMatchObject(
      conflict,
    );
    await updateAlias(admin, alias.id, { name: "Smart" });
    const both = await Promise.allSettled([make("Twice", "a"), make("Twice", "b")]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("cannot stand for a model that is not there, and then stays as it was", async () => {
    const alias = await make("Smart", "a", "b");
    const targets = [...(await modelIds("c")), newId()];
    await expect(updateAlias(admin, alias.id, { name: "Other", targets })).rejects.toMatchObject({
      code: "not_found",
      details: { field: "targets" },
    });
    expect(behind(await named("Smart"))).toEqual(["a", "b"]);
  });

  it("leaves out the models that are switched off, and is not offered when all are", async () => {
    const alias = await make("Smart", "c", "a");
    const [a = "", c = ""] = await modelIds("a", "c");
    await updateModel(admin, c, { isEnabled: false });
    expect((await resolveAlias(member, alias.id))?.targets.map(({ name }) => name)).toEqual(["a"]);
    await updateModel(admin, a, { isEnabled: false });
    expect(await resolveAlias(member, alias.id)).toBeNull();
    expect(await options()).toEqual(["b"]);
  });

  it("is picked by nobody while it is switched off", async () => {
    const alias = await make("Smart", "a");
    await updateAlias(admin, alias.id, { isEnabled: false });
    expect(await options()).not.toContain("Smart");
    expect(await resolveAlias(member, alias.id)).toBeNull();
    await expect(updateAlias(admin, alias.id, { isDefault: true })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("is removed without its models, and its conversations go on with the default", async () => {
    const alias = await make("Smart", "c");
    const conversationId = newId();
    await db().conversation.create({
      data: { id: conversationId, userId: member.userId, title: "T", modelId: alias.id },
    });
    expect((await resolveAlias(member, null, conversationId))?.name).toBe("Smart");
    await deleteAlias(admin, alias.id);
    expect((await resolveAlias(member, null, conversationId))?.name).toBe("a");
    expect(await db().model.count()).toBe(3);
    await expect(deleteAlias(admin, alias.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(updateAlias(admin, alias.id, { name: "X" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("is seen and changed by admins only", async () => {
    const forbidden = { code: "forbidden" };
    const { id } = await make("Smart", "a");
    const targets = await modelIds("a");
    await expect(findAliases(member)).rejects.toMatchObject(forbidden);
    await expect(
      createAlias(member, { name: "Mine", description: "", targets }),
    ).rejects.toMatchObject(forbidden);
    await expect(updateAlias(member, id, { name: "Mine" })).rejects.toMatchObject(forbidden);
    await expect(deleteAlias(member, id)).rejects.toMatchObject(forbidden);
    expect(await names()).toEqual(["a", "b", "c", "Smart"]);
  });
});

describe("the list", () => {
  it("is put into another order one move at a time", async () => {
    const { id } = await make("Smart", "a");
    await updateAlias(admin, id, { position: 0 });
    expect(await names()).toEqual(["Smart", "a", "b", "c"]);
    await updateAlias(admin, id, { position: 2 });
    expect(await names()).toEqual(["a", "b", "Smart", "c"]);
    await updateAlias(admin, id, { position: 99 });
    expect(await names()).toEqual(["a", "b", "c", "Smart"]);
    await updateAlias(admin, id, { position: 1 });
    // The default comes first where people pick; the rest is in the admin's order.
    expect(await options()).toEqual(["a", "Smart", "b", "c"]);
  });

  it("keeps every place once, however many move at the same moment", async () => {
    await createModels(admin, providerId, ["d", "e", "f", "g"].map(testModel));
    const before = await list();
    await Promise.all(
      before.map(({ id }, index) => updateAlias(admin, id, { position: (index * 3) % 7 })),
    );
    const after = await list();
    expect(after.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(after.map(({ name }) => name).toSorted()).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
  });

  it("takes new models in at its end, also after it was put in order", async () => {
    const [c = ""] = await modelIds("c");
    await updateAlias(admin, c, { position: 0 });
    await createModels(admin, providerId, ["d", "e"].map(testModel));
    expect(await names()).toEqual(["c", "a", "b", "d", "e"]);
  });

  it("takes hundreds of models at once, each under a name of its own", async () => {
    const many = Array.from({ length: 200 }, (_, index) => `m${String(index)}`);
    const added = await createModels(admin, providerId, [...many, "m1", "a"].map(testModel));
    expect(added.map(({ name }) => name)).toEqual([...many, "a"]);
    await connect(["a", "m1"], "Other");
    expect((await names()).slice(-2)).toEqual(["a · Other", "m1 · Other"]);
    expect(await db().model.count()).toBe(205);
  });
});

describe("when a model goes", () => {
  it("its own alias goes with it, and others go on with what is left", async () => {
    await make("Smart", "a", "b");
    const [a = ""] = await modelIds("a");
    await deleteModel(admin, a);
    expect(await names()).toEqual(["b", "c", "Smart"]);
    expect(behind(await named("Smart"))).toEqual(["b"]);
  });

  it("an alias that somebody made stays, without a model, and is offered to nobody", async () => {
    const alias = await make("Smart", "a");
    await updateAlias(admin, alias.id, { isDefault: true });
    const [a = ""] = await modelIds("a");
    await deleteModel(admin, a);
    expect(behind(await named("Smart"))).toEqual([]);
    expect(await options()).toEqual(["b", "c"]);
    expect(await defaults()).toEqual(["b"]);
    await updateAlias(admin, alias.id, { targets: await modelIds("c") });
    expect(await options()).toContain("Smart");
  });

  it("its own alias stays where it was given another model", async () => {
    const [a = "", b = "", c = ""] = await modelIds("a", "b", "c");
    await updateAlias(admin, a, { targets: [a, b] });
    await updateAlias(admin, b, { targets: [c] });
    await deleteModel(admin, a);
    expect(behind(await named("a"))).toEqual(["b"]);
    await deleteModel(admin, c);
    // It is nobody's own any more, so it is left for the admin to decide about.
    expect(behind(await named("b"))).toEqual([]);
  });

  it("with its whole provider, only what was made by hand is left", async () => {
    await make("Smart", "a", "b");
    await deleteProvider(admin, providerId);
    expect(await names()).toEqual(["Smart"]);
    expect(await resolveAlias(member, null)).toBeNull();
    expect(await defaults()).toEqual([]);
  });
});

describe("the default", () => {
  it("is exactly one while aliases are made, moved, hidden, removed and chosen at once", async () => {
    const ids = await modelIds("a", "b", "c");
    const [a = "", b = "", c = ""] = ids;
    await Promise.allSettled([
      make("One", "a", "b"),
      make("Two", "c"),
      updateAlias(admin, a, { isEnabled: false }),
      updateAlias(admin, b, { isDefault: true, position: 0 }),
      updateAlias(admin, c, { isDefault: true }),
      deleteAlias(admin, b),
      updateProvider(admin, seen(), { isEnabled: false }),
      updateProvider(admin, seen(), { isEnabled: true }),
    ]);
    expect(await defaults()).toHaveLength(1);
  });

  it("is the next of the list when it is hidden or removed", async () => {
    const { id } = await make("Smart", "a");
    await updateAlias(admin, id, { isDefault: true, position: 0 });
    expect(await defaults()).toEqual(["Smart"]);
    await updateAlias(admin, id, { isEnabled: false });
    expect(await defaults()).toEqual(["a"]);
    const [a = ""] = await modelIds("a");
    await deleteAlias(admin, a);
    expect(await defaults()).toEqual(["b"]);
  });
});
