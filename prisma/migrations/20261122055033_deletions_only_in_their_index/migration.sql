-- DropIndex
DROP INDEX "messages_deleted_at_idx";

-- CreateIndex
CREATE INDEX "messages_deleted_at_idx" ON "messages"("deleted_at") WHERE (deleted_at IS NOT NULL);
