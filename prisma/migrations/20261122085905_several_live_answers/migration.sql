-- AlterTable
ALTER TABLE "conversations" ADD COLUMN     "live_message_ids" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- An answer that is being written while the server changes keeps its place.
UPDATE "conversations" SET "live_message_ids" = ARRAY["live_message_id"]
WHERE "live_message_id" IS NOT NULL;

-- AlterTable
ALTER TABLE "conversations" DROP COLUMN "live_message_id",
ALTER COLUMN "live_message_ids" SET NOT NULL;
