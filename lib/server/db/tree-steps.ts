import "server-only";
import { Prisma } from "@/generated/prisma/client";

// OFFSET 0 keeps PostgreSQL from turning a step into a join with the whole table, which it prefers
// while it has no statistics: the embedded database never has any.

/** A step up in a recursive statement: the message that a row with `parent_id` follows. */
export const parentOf = (child: Prisma.Sql) => Prisma.sql`
  SELECT * FROM messages WHERE messages.id = ${child}.parent_id OFFSET 0`;

/** A step down: the messages that follow a row with `id`. */
export const childrenOf = (parent: Prisma.Sql) => Prisma.sql`
  SELECT * FROM messages WHERE messages.parent_id = ${parent}.id OFFSET 0`;

/** The message of a row with `id`. */
export const messageOf = (row: Prisma.Sql) => Prisma.sql`
  SELECT * FROM messages WHERE messages.id = ${row}.id OFFSET 0`;
