import "server-only";
import type { FilePart } from "@/lib/contracts/attachments";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { db } from "./client";

/** An image without its bytes. */
export type AttachmentInfo = {
  id: string;
  mediaType: FilePart["mediaType"];
  fileName: string;
  width: number;
  height: number;
  byteLength: number;
};

type NewAttachment = Omit<AttachmentInfo, "id" | "byteLength"> & {
  bytes: Uint8Array<ArrayBuffer>;
};

const infoColumns = {
  id: true,
  mediaType: true,
  fileName: true,
  width: true,
  height: true,
  byteLength: true,
} as const;

/** A row holds what was stored, and that is one of these. */
function toInfo(row: Omit<AttachmentInfo, "mediaType"> & { mediaType: string }): AttachmentInfo {
  const { mediaType } = row;
  if (mediaType === "image/png" || mediaType === "image/jpeg" || mediaType === "image/webp")
    return { ...row, mediaType };
  throw new Error("an attachment of a kind that is never stored");
}

/**
 * Stores an image of the actor's, unless all of theirs together would take more than `mostBytes`.
 * The account's row is locked meanwhile, so that parallel uploads can't share the same room.
 *
 * @throws AppError `image_store_full`.
 */
export async function createAttachment(
  actor: Actor,
  attachment: NewAttachment,
  mostBytes: number,
): Promise<AttachmentInfo> {
  const { userId } = actor;
  const byteLength = attachment.bytes.byteLength;
  const row = await db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM users WHERE id = ${userId} FOR UPDATE`;
    const { _sum } = await tx.attachment.aggregate({
      where: { userId },
      _sum: { byteLength: true },
    });
    if ((_sum.byteLength ?? 0) + byteLength > mostBytes) throw new AppError("image_store_full");
    return tx.attachment.create({
      data: { id: newId(), userId, ...attachment, byteLength },
      select: infoColumns,
    });
  });
  return toInfo(row);
}

/** An image with its bytes. @throws AppError `not_found`, also for somebody else's. */
export async function requireAttachment(
  actor: Actor,
  id: string,
): Promise<AttachmentInfo & { bytes: Uint8Array<ArrayBuffer> }> {
  const row = await db().attachment.findFirst({
    where: { id, userId: actor.userId },
    select: { ...infoColumns, bytes: true },
  });
  if (row === null) throw new AppError("not_found");
  return { ...toInfo(row), bytes: row.bytes };
}

/** Those of these images that are the actor's. */
export async function findAttachments(
  actor: Actor,
  ids: readonly string[],
): Promise<Map<string, AttachmentInfo>> {
  const rows = await db().attachment.findMany({
    where: { id: { in: [...ids] }, userId: actor.userId },
    select: infoColumns,
  });
  return new Map(rows.map((row) => [row.id, toInfo(row)]));
}

/** The bytes of those of these images that are the actor's, in one query. */
export async function readAttachmentBytes(
  actor: Actor,
  ids: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const rows = await db().attachment.findMany({
    where: { id: { in: [...ids] }, userId: actor.userId },
    select: { id: true, bytes: true },
  });
  return new Map(rows.map(({ id, bytes }) => [id, bytes]));
}

/**
 * Removes an image that no message shows.
 *
 * @throws AppError `not_found`, or `conflict` when a message shows it.
 */
export async function deleteAttachment(actor: Actor, id: string): Promise<void> {
  const { userId } = actor;
  const { count } = await db().attachment.deleteMany({
    where: { id, userId, messages: { none: {} } },
  });
  if (count > 0) return;
  const isThere = (await db().attachment.count({ where: { id, userId } })) > 0;
  throw new AppError(isThere ? "conflict" : "not_found");
}

/** Removes images uploaded before a moment that no message shows. @returns how many. */
export async function deleteUnusedAttachments(_system: SystemActor, before: Date): Promise<number> {
  const { count } = await db().attachment.deleteMany({
    where: { createdAt: { lt: before }, messages: { none: {} } },
  });
  return count;
}
