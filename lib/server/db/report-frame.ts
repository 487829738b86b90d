import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/domain/actor";
import { Prisma } from "@/generated/prisma/client";
import { db } from "./client";
import { teamDay, teamZone } from "./usage-sums";

const frameSchema = z.object({
  today: z.string(),
  timeZone: z.string(),
  firstDay: z.string().nullable(),
});

/** The team's day and time zone by the database's clock, and the first day that has anything. */
export type ReportFrame = z.infer<typeof frameSchema>;

/** What reports reckon days by. The same for everybody. */
export async function getReportFrame(_actor: Actor): Promise<ReportFrame> {
  const [row] = await db().$queryRaw<unknown[]>`
    SELECT ${teamDay(Prisma.sql`now()`)}::text AS today, ${teamZone} AS "timeZone",
      (SELECT min(day)::text FROM usage_days) AS "firstDay"`;
  return frameSchema.parse(row);
}
