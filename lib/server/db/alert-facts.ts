import "server-only";
import { alertFactsSchema, type AlertFacts } from "@/lib/contracts/alerts";
import { Prisma } from "@/generated/prisma/client";

/** Joins to alerts `a` what their facts name by id only: `subject_name`. */
export const withSubjects = Prisma.sql`
  LEFT JOIN users subject_user ON a.kind = 'budget'
    AND a.facts->>'scope' IN ('user', 'each_user') AND subject_user.id = a.facts->>'subjectId'
  LEFT JOIN groups subject_group ON a.kind = 'budget'
    AND a.facts->>'scope' = 'group' AND subject_group.id = a.facts->>'subjectId'`;

export const subjectName = Prisma.sql`coalesce(subject_user.name, subject_group.name)`;

/**
 * Leaves out of alerts `a` on a budget those that came with a higher mark, or after it: a single
 * call can pass 50, 80 and 100 % at once, and what was taken back can pass a mark again.
 */
export const isHighestMark = Prisma.sql`NOT (a.kind = 'budget' AND EXISTS (
  SELECT 1 FROM alerts higher
  WHERE higher.created_at <= a.created_at AND higher.once_key IN (
      regexp_replace(a.once_key, '[0-9]+$', '80'), regexp_replace(a.once_key, '[0-9]+$', '100'))
    AND (higher.facts->>'percent')::int > (a.facts->>'percent')::int))`;

/** The facts of a stored alert; null for what this version does not know. */
export function readFacts(kind: string, facts: unknown, subject: string | null): AlertFacts | null {
  if (typeof facts !== "object") return null;
  const result = alertFactsSchema.safeParse({ ...facts, kind, subjectName: subject });
  return result.success ? result.data : null;
}
