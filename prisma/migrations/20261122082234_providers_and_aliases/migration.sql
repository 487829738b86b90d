-- AlterTable
ALTER TABLE "attempts" ADD COLUMN     "headers_at" TIMESTAMPTZ(3),
ADD COLUMN     "key_id" TEXT,
ADD COLUMN     "left_out" JSONB,
ADD COLUMN     "model_id" TEXT;

-- AlterTable
ALTER TABLE "conversations" ADD COLUMN     "parameters" JSONB;

-- AlterTable
ALTER TABLE "generations" ADD COLUMN     "alias_id" TEXT,
ADD COLUMN     "parameters" JSONB;

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "candidate_group" TEXT,
ADD COLUMN     "failover" JSONB;

-- AlterTable
ALTER TABLE "models" ADD COLUMN     "card" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "diagnosis" JSONB,
ADD COLUMN     "max_output_tokens" INTEGER;

-- AlterTable
ALTER TABLE "providers" ADD COLUMN     "allows_member_keys" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "api_version" TEXT,
ADD COLUMN     "call_settings" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "provider_keys" (
    "id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT,
    "label" TEXT NOT NULL,
    "encrypted_key" TEXT NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "aside_code" TEXT,
    "aside_at" TIMESTAMPTZ(3),
    "aside_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "provider_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prices" (
    "id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "input_micros" BIGINT NOT NULL,
    "output_micros" BIGINT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "prices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "aliases" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "is_own" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "aliases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alias_targets" (
    "alias_id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "alias_targets_pkey" PRIMARY KEY ("alias_id","model_id")
);

-- CreateTable
CREATE TABLE "parameter_presets" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "parameter_presets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "byte_length" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_attachments" (
    "message_id" TEXT NOT NULL,
    "attachment_id" TEXT NOT NULL,

    CONSTRAINT "message_attachments_pkey" PRIMARY KEY ("message_id","attachment_id")
);

-- CreateIndex
CREATE INDEX "provider_keys_provider_id_idx" ON "provider_keys"("provider_id");

-- CreateIndex
CREATE INDEX "provider_keys_user_id_idx" ON "provider_keys"("user_id");

-- CreateIndex
CREATE INDEX "prices_model_id_valid_from_idx" ON "prices"("model_id", "valid_from" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "aliases_name_key" ON "aliases"("name");

-- CreateIndex
CREATE INDEX "alias_targets_model_id_idx" ON "alias_targets"("model_id");

-- CreateIndex
CREATE UNIQUE INDEX "parameter_presets_user_id_name_key" ON "parameter_presets"("user_id", "name");

-- CreateIndex
CREATE INDEX "attachments_user_id_created_at_idx" ON "attachments"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "message_attachments_attachment_id_idx" ON "message_attachments"("attachment_id");

-- CreateIndex
CREATE INDEX "attempts_model_id_started_at_idx" ON "attempts"("model_id", "started_at" DESC);

-- AddForeignKey
ALTER TABLE "provider_keys" ADD CONSTRAINT "provider_keys_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "providers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provider_keys" ADD CONSTRAINT "provider_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alias_targets" ADD CONSTRAINT "alias_targets_alias_id_fkey" FOREIGN KEY ("alias_id") REFERENCES "aliases"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alias_targets" ADD CONSTRAINT "alias_targets_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parameter_presets" ADD CONSTRAINT "parameter_presets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_attachments" ADD CONSTRAINT "message_attachments_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_attachments" ADD CONSTRAINT "message_attachments_attachment_id_fkey" FOREIGN KEY ("attachment_id") REFERENCES "attachments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The dialects that hid behind "openai-compatible" get their names.
UPDATE "providers" SET "kind" = known.kind
FROM (VALUES
    ('api.deepseek.com', 'deepseek'),
    ('dashscope.aliyuncs.com', 'dashscope'),
    ('ark.cn-beijing.volces.com', 'ark'),
    ('api.siliconflow.cn', 'siliconflow'),
    ('api.lingyiwanwu.com', '01-ai')
) AS known(host, kind)
WHERE "providers"."kind" = 'openai-compatible'
    AND "providers"."base_url" ~ ('^https://' || replace(known.host, '.', '\.') || '(/|$)');

-- A key was sealed for its provider's row: the row that holds it now has the same id.
INSERT INTO "provider_keys" ("id", "provider_id", "label", "encrypted_key", "created_at")
SELECT "id", "id", '1', "encrypted_key", "created_at" FROM "providers"
WHERE "encrypted_key" IS NOT NULL;

ALTER TABLE "providers" DROP COLUMN "encrypted_key";

-- What could be picked so far stays: every model becomes an alias of the same id.
INSERT INTO "aliases"
    ("id", "name", "is_enabled", "is_default", "is_own", "created_at", "updated_at")
SELECT m."id",
    CASE WHEN row_number() OVER same = 1 THEN m."label"
        ELSE m."label" || ' · ' || p."name" || ' ' || row_number() OVER same END,
    true, m."is_default", true, m."created_at", m."updated_at"
FROM "models" m JOIN "providers" p ON p."id" = m."provider_id"
WINDOW same AS (PARTITION BY m."label" ORDER BY m."created_at", m."id");

INSERT INTO "alias_targets" ("alias_id", "model_id", "position")
SELECT "id", "id", 0 FROM "models";

ALTER TABLE "models" DROP COLUMN "is_default";
