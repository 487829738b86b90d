-- AlterTable
ALTER TABLE "conversations" ADD COLUMN     "context_policy" JSONB,
ADD COLUMN     "summary_lease" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "generations" ADD COLUMN     "context_plan" JSONB;

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "branch_context" JSONB,
ADD COLUMN     "token_counts" JSONB;

-- What was pinned or left out holds on the branch that is shown.
UPDATE "messages" leaf SET "branch_context" = jsonb_build_object('marks', marked.marks)
FROM "conversations" c, (
  SELECT "conversation_id", jsonb_object_agg("id", "context") AS marks
  FROM "messages" WHERE "context" <> 'auto' GROUP BY "conversation_id") marked
WHERE c."id" = marked."conversation_id" AND leaf."id" = c."active_leaf_id";

-- Counts are made anew, with what other tokenizers need to know, when a message is next sent.
ALTER TABLE "messages" DROP COLUMN "context",
DROP COLUMN "token_count";

-- The two limits became one policy.
INSERT INTO "settings" ("key", "value", "updated_at")
SELECT 'contextPolicy', jsonb_build_object('kind', 'rounds',
  'rounds', coalesce(max("value"::text) FILTER (WHERE "key" = 'windowRounds'), '10')::int,
  'tokens', coalesce(max("value"::text) FILTER (WHERE "key" = 'windowTokens'), '32000')::int), now()
FROM "settings" WHERE "key" IN ('windowRounds', 'windowTokens')
HAVING count(*) > 0
ON CONFLICT ("key") DO NOTHING;
DELETE FROM "settings" WHERE "key" IN ('windowRounds', 'windowTokens');

-- AlterTable
ALTER TABLE "models" ADD COLUMN     "calibration" JSONB;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "context_policy" JSONB;

-- CreateTable
CREATE TABLE "summaries" (
    "id" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "covers_to_id" TEXT,
    "start_id" TEXT,
    "text" TEXT NOT NULL,
    "token_counts" JSONB NOT NULL,
    "covered_count" INTEGER NOT NULL,
    "excluded_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "source" TEXT NOT NULL,
    "model_label" TEXT,
    "generation_id" TEXT,
    "carried_from_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "summaries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "summaries_conversation_id_created_at_idx" ON "summaries"("conversation_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "summaries" ADD CONSTRAINT "summaries_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
