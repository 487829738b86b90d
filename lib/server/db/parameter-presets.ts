import "server-only";
import type { ParameterPreset as Row, Prisma } from "@/generated/prisma/client";
import { limits } from "@/lib/contracts/limits";
import { parametersSchema, type ParameterPreset } from "@/lib/contracts/parameters";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { db } from "./client";

type Tx = Prisma.TransactionClient;
type PresetChange = { [Name in "name" | "parameters"]?: ParameterPreset[Name] | undefined };

/** The actor's own presets, oldest first. */
export async function findParameterPresets(actor: Actor): Promise<ParameterPreset[]> {
  const rows = await db().parameterPreset.findMany({
    where: { userId: actor.userId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toPreset);
}

/**
 * Keeps parameters under a name.
 *
 * @throws AppError `conflict` with the field `name` when the actor has one of this name, with
 * `reason` "too_many" when there are as many as there may be.
 */
export async function createParameterPreset(
  actor: Actor,
  { name, parameters }: Omit<ParameterPreset, "id">,
): Promise<ParameterPreset> {
  return lockPresets(actor, async (tx) => {
    const count = await tx.parameterPreset.count({ where: { userId: actor.userId } });
    if (count >= limits.parameterPresets)
      throw new AppError("conflict", { details: { reason: "too_many" } });
    await requireFreeName(tx, actor, name, null);
    return toPreset(
      await tx.parameterPreset.create({
        data: { id: newId(), userId: actor.userId, name, parameters },
      }),
    );
  });
}

/** Renames a preset or gives it other parameters. @throws AppError `not_found`, `conflict`. */
export async function updateParameterPreset(
  actor: Actor,
  id: string,
  { name, parameters }: PresetChange,
): Promise<ParameterPreset> {
  return lockPresets(actor, async (tx) => {
    if (name !== undefined) await requireFreeName(tx, actor, name, id);
    const [row] = await tx.parameterPreset.updateManyAndReturn({
      where: { id, userId: actor.userId },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(parameters === undefined ? {} : { parameters }),
      },
    });
    if (row === undefined) throw new AppError("not_found");
    return toPreset(row);
  });
}

/** @throws AppError `not_found`. */
export async function deleteParameterPreset(actor: Actor, id: string): Promise<void> {
  const where = { id, userId: actor.userId };
  const { count } = await db().parameterPreset.deleteMany({ where });
  if (count === 0) throw new AppError("not_found");
}

/** Under the account's row: two changes at once count, and compare names, one after the other. */
async function lockPresets<Value>(actor: Actor, work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM users WHERE id = ${actor.userId} FOR UPDATE`;
    return work(tx);
  });
}

async function requireFreeName(tx: Tx, { userId }: Actor, name: string, ownId: string | null) {
  const taken = await tx.parameterPreset.findUnique({
    where: { userId_name: { userId, name } },
    select: { id: true },
  });
  if (taken !== null && taken.id !== ownId)
    throw new AppError("conflict", { details: { field: "name" } });
}

function toPreset({ id, name, parameters }: Row): ParameterPreset {
  return { id, name, parameters: parametersSchema.catch({}).parse(parameters) };
}
