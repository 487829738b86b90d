import "server-only";
import { z } from "zod";
import { tokenCountsSchema } from "@/lib/contracts/context";
import { Prisma } from "@/generated/prisma/client";

/** A summary as statements return it by `summaryFields`. */
export const storedSummarySchema = z.object({
  id: z.string(),
  text: z.string(),
  tokenCounts: tokenCountsSchema,
  coversToId: z.string().nullable(),
  startId: z.string().nullable(),
  coveredCount: z.number(),
  excludedIds: z.array(z.string()),
  source: z.enum(["model", "user"]),
  modelLabel: z.string().nullable(),
  carriedFromId: z.string().nullable(),
  createdAt: z.coerce.date(),
});
export type StoredSummary = z.output<typeof storedSummarySchema>;

/** The names and values of a summary `s` for json_build_object. */
export const summaryFields = Prisma.sql`
  'id', s.id, 'text', s.text, 'tokenCounts', s.token_counts, 'coversToId', s.covers_to_id,
  'startId', s.start_id, 'coveredCount', s.covered_count, 'excludedIds', s.excluded_ids,
  'source', s.source, 'modelLabel', s.model_label, 'carriedFromId', s.carried_from_id,
  'createdAt', s.created_at`;
