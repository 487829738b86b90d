-- AlterTable
ALTER TABLE "generations" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'answer',
ADD COLUMN     "stop_asked_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "chosen_child_id" TEXT,
ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "edited_from_id" TEXT;

-- CreateTable
CREATE TABLE "attempts" (
    "id" TEXT NOT NULL,
    "generation_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "provider_id" TEXT,
    "model_name" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "http_status" INTEGER,
    "error_code" TEXT,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,
    "usage_source" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "first_token_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attempts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "attempts_generation_id_number_key" ON "attempts"("generation_id", "number");

-- CreateIndex
CREATE INDEX "messages_deleted_at_idx" ON "messages"("deleted_at");

-- AddForeignKey
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_generation_id_fkey" FOREIGN KEY ("generation_id") REFERENCES "generations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
