import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { db } from "./client";

// Any number that nothing else locks.
const accountsLock = 7_205_759;

/**
 * Runs a transaction that no other of this kind overlaps, on any instance: for rules about all
 * accounts together (one first admin, never no admin) that a condition on one row can't keep.
 * Keep it short; hash passwords before.
 */
export async function lockAccounts<Value>(
  work: (tx: Prisma.TransactionClient) => Promise<Value>,
): Promise<Value> {
  return db().$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${accountsLock})`;
      return work(tx);
    },
    { maxWait: 15_000, timeout: 15_000 },
  );
}
