-- AlterTable
ALTER TABLE "prices" ADD COLUMN     "cached_input_micros" BIGINT,
ADD COLUMN     "reasoning_micros" BIGINT,
ADD COLUMN     "source" TEXT;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "alerts_seen_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "groups" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_members" (
    "group_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "group_members_pkey" PRIMARY KEY ("group_id","user_id")
);

-- CreateTable
CREATE TABLE "budgets" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "subject_id" TEXT,
    "unit" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "limit_amount" BIGINT NOT NULL,
    "is_hard" BOOLEAN NOT NULL,
    "allows_unpriced" BOOLEAN NOT NULL DEFAULT false,
    "time_zone" TEXT NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "budgets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget_balances" (
    "budget_id" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "span" TEXT NOT NULL,
    "used" BIGINT NOT NULL DEFAULT 0,
    "held" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "budget_balances_pkey" PRIMARY KEY ("budget_id","subject_id","span")
);

-- CreateTable
CREATE TABLE "holds" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "key_id" TEXT,
    "group_ids" TEXT[],
    "kind" TEXT NOT NULL,
    "conversation_id" TEXT,
    "answer_id" TEXT,
    "rate_micros" BIGINT,
    "lines" JSONB NOT NULL,
    "estimate" JSONB NOT NULL,
    "first" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "renewed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "holds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger" (
    "id" TEXT NOT NULL,
    "call_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "is_provisional" BOOLEAN NOT NULL DEFAULT false,
    "kind" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "booked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "user_id" TEXT NOT NULL,
    "group_ids" TEXT[],
    "key_id" TEXT,
    "conversation_id" TEXT,
    "answer_id" TEXT,
    "provider_id" TEXT NOT NULL,
    "provider_name" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "model_name" TEXT NOT NULL,
    "provider_key_id" TEXT,
    "paid_by" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "error_code" TEXT,
    "source" TEXT,
    "input_tokens" INTEGER NOT NULL DEFAULT 0,
    "cached_tokens" INTEGER NOT NULL DEFAULT 0,
    "output_tokens" INTEGER NOT NULL DEFAULT 0,
    "reasoning_tokens" INTEGER NOT NULL DEFAULT 0,
    "price_id" TEXT,
    "currency" TEXT,
    "input_micros" BIGINT,
    "cached_input_micros" BIGINT,
    "output_micros" BIGINT,
    "reasoning_micros" BIGINT,
    "price_valid_from" TIMESTAMPTZ(3),
    "cost_micros" BIGINT,
    "first_token_ms" INTEGER,
    "duration_ms" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ledger_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_days" (
    "day" DATE NOT NULL,
    "user_id" TEXT NOT NULL,
    "group_ids" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "paid_by" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "error_code" TEXT NOT NULL,
    "calls" BIGINT NOT NULL DEFAULT 0,
    "attempts" BIGINT NOT NULL DEFAULT 0,
    "estimated" BIGINT NOT NULL DEFAULT 0,
    "unpriced" BIGINT NOT NULL DEFAULT 0,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "cached_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "reasoning_tokens" BIGINT NOT NULL DEFAULT 0,
    "cost_micros" BIGINT NOT NULL DEFAULT 0,
    "timed" BIGINT NOT NULL DEFAULT 0,
    "first_token_ms" BIGINT NOT NULL DEFAULT 0,
    "writing_ms" BIGINT NOT NULL DEFAULT 0,
    "written_tokens" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_days_pkey" PRIMARY KEY ("day","user_id","group_ids","key_id","provider_id","model_id","kind","paid_by","currency","error_code")
);

-- CreateTable
CREATE TABLE "usage_hours" (
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "provider_id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "paid_by" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "error_code" TEXT NOT NULL,
    "calls" BIGINT NOT NULL DEFAULT 0,
    "attempts" BIGINT NOT NULL DEFAULT 0,
    "estimated" BIGINT NOT NULL DEFAULT 0,
    "unpriced" BIGINT NOT NULL DEFAULT 0,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "cached_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "reasoning_tokens" BIGINT NOT NULL DEFAULT 0,
    "cost_micros" BIGINT NOT NULL DEFAULT 0,
    "timed" BIGINT NOT NULL DEFAULT 0,
    "first_token_ms" BIGINT NOT NULL DEFAULT 0,
    "writing_ms" BIGINT NOT NULL DEFAULT 0,
    "written_tokens" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_hours_pkey" PRIMARY KEY ("hour","provider_id","model_id","kind","paid_by","currency","error_code")
);

-- CreateTable
CREATE TABLE "usage_names" (
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "usage_names_pkey" PRIMARY KEY ("kind","id")
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "once_key" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "user_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_out_at" TIMESTAMPTZ(3),

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_channels" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "encrypted_config" TEXT NOT NULL,
    "alert_kinds" TEXT[],
    "locale" TEXT NOT NULL DEFAULT 'en',
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_deliveries" (
    "id" TEXT NOT NULL,
    "alert_id" TEXT,
    "channel_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "http_status" INTEGER,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "groups_name_key" ON "groups"("name");

-- CreateIndex
CREATE INDEX "group_members_user_id_idx" ON "group_members"("user_id");

-- CreateIndex
CREATE INDEX "holds_open_idx" ON "holds"("renewed_at") WHERE (ended_at IS NULL);

-- CreateIndex
CREATE INDEX "holds_ended_at_idx" ON "holds"("ended_at");

-- CreateIndex
CREATE INDEX "ledger_user_id_occurred_at_idx" ON "ledger"("user_id", "occurred_at");

-- CreateIndex
CREATE INDEX "ledger_answer_id_idx" ON "ledger"("answer_id");

-- CreateIndex
CREATE INDEX "ledger_occurred_at_idx" ON "ledger"("occurred_at");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_call_id_number_revision_key" ON "ledger"("call_id", "number", "revision");

-- CreateIndex
CREATE INDEX "usage_days_user_id_day_idx" ON "usage_days"("user_id", "day");

-- CreateIndex
CREATE UNIQUE INDEX "alerts_once_key_key" ON "alerts"("once_key");

-- CreateIndex
CREATE INDEX "alerts_created_at_idx" ON "alerts"("created_at");

-- CreateIndex
CREATE INDEX "alerts_new_idx" ON "alerts"("sent_out_at") WHERE (sent_out_at IS NULL);

-- CreateIndex
CREATE INDEX "alert_deliveries_state_next_try_at_idx" ON "alert_deliveries"("state", "next_try_at");

-- CreateIndex
CREATE INDEX "alert_deliveries_channel_id_created_at_idx" ON "alert_deliveries"("channel_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "alert_deliveries_alert_id_channel_id_key" ON "alert_deliveries"("alert_id", "channel_id");

-- AddForeignKey
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_balances" ADD CONSTRAINT "budget_balances_budget_id_fkey" FOREIGN KEY ("budget_id") REFERENCES "budgets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alerts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "alert_channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The ledger is only ever added to.
-- \x3b is a semicolon: whoever cuts this file at those must not cut the body.
CREATE FUNCTION "refuse_ledger_change"() RETURNS trigger LANGUAGE plpgsql AS
  E'BEGIN RAISE EXCEPTION ''the ledger is only ever added to'' USING ERRCODE = ''restrict_violation''\x3b END';
CREATE TRIGGER "ledger_append_only" BEFORE UPDATE OR DELETE ON "ledger"
  FOR EACH ROW EXECUTE FUNCTION "refuse_ledger_change"();

-- What was used before there was a ledger, at the prices that were valid then.
INSERT INTO "ledger" ("id", "call_id", "number", "kind", "occurred_at", "user_id", "group_ids",
  "conversation_id", "answer_id", "provider_id", "provider_name", "model_id", "model_name",
  "provider_key_id", "paid_by", "outcome", "error_code", "source", "input_tokens", "output_tokens",
  "price_id", "currency", "input_micros", "output_micros", "price_valid_from", "cost_micros",
  "first_token_ms", "duration_ms")
SELECT a."id", a."generation_id", a."number", g."kind", g."started_at", g."user_id", '{}',
  g."conversation_id", CASE WHEN g."kind" <> 'summary' THEN g."message_id" END,
  coalesce(a."provider_id", ''), coalesce(p."name", ''), coalesce(a."model_id", g."model_id", ''),
  a."model_name", a."key_id", CASE WHEN k."user_id" IS NULL THEN 'team' ELSE 'member' END,
  a."outcome", a."error_code", a."usage_source", coalesce(a."input_tokens", 0),
  coalesce(a."output_tokens", 0), r."id", r."currency", r."input_micros", r."output_micros",
  r."valid_from", CASE WHEN a."usage_source" IS NULL THEN 0 ELSE round(
    (coalesce(a."input_tokens", 0)::numeric * r."input_micros"
      + coalesce(a."output_tokens", 0)::numeric * r."output_micros") / 1000000)::bigint END,
  extract(epoch FROM a."first_token_at" - a."started_at") * 1000,
  greatest(0, extract(epoch FROM a."finished_at" - a."started_at") * 1000)
FROM "attempts" a JOIN "generations" g ON g."id" = a."generation_id"
  LEFT JOIN "providers" p ON p."id" = a."provider_id"
  LEFT JOIN "provider_keys" k ON k."id" = a."key_id"
  LEFT JOIN LATERAL (
    SELECT newest.* FROM (
      SELECT * FROM "prices" WHERE "model_id" = coalesce(a."model_id", g."model_id")
        AND "valid_from" <= g."started_at" ORDER BY "valid_from" DESC, "id" DESC LIMIT 1) newest
    WHERE newest."currency" <> 'none') r ON true;

INSERT INTO "usage_names" ("kind", "id", "name")
SELECT DISTINCT ON ("kind", "id") * FROM (
  SELECT 'model' AS "kind", "model_id" AS "id", "model_name" AS "name" FROM "ledger"
  UNION ALL SELECT 'provider', "provider_id", "provider_name" FROM "ledger") named
WHERE "id" <> '' AND "name" <> '';

INSERT INTO "usage_days" ("day", "user_id", "group_ids", "key_id", "provider_id", "model_id",
  "kind", "paid_by", "currency", "error_code", "calls", "attempts", "estimated", "unpriced",
  "input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "cost_micros", "timed",
  "first_token_ms", "writing_ms", "written_tokens")
SELECT ("occurred_at" AT TIME ZONE 'UTC')::date, "user_id", '', '', "provider_id", "model_id",
  "kind", "paid_by", coalesce("currency", ''), coalesce("error_code", ''),
  count(*) FILTER (WHERE "number" = 1), count(*), count(*) FILTER (WHERE "source" = 'estimated'),
  count(*) FILTER (WHERE "source" IS NOT NULL AND "cost_micros" IS NULL), sum("input_tokens"),
  sum("cached_tokens"), sum("output_tokens"), sum("reasoning_tokens"),
  coalesce(sum("cost_micros"), 0), count("first_token_ms"), coalesce(sum("first_token_ms"), 0),
  coalesce(sum(greatest(0, "duration_ms" - "first_token_ms")), 0),
  coalesce(sum("output_tokens") FILTER (WHERE "first_token_ms" IS NOT NULL), 0)
FROM "ledger" GROUP BY 1, 2, 5, 6, 7, 8, 9, 10;

INSERT INTO "usage_hours" ("hour", "provider_id", "model_id", "kind", "paid_by", "currency",
  "error_code", "calls", "attempts", "estimated", "unpriced", "input_tokens", "cached_tokens",
  "output_tokens", "reasoning_tokens", "cost_micros", "timed", "first_token_ms", "writing_ms",
  "written_tokens")
SELECT date_trunc('hour', "occurred_at", 'UTC'), "provider_id", "model_id", "kind", "paid_by",
  coalesce("currency", ''), coalesce("error_code", ''),
  count(*) FILTER (WHERE "number" = 1), count(*), count(*) FILTER (WHERE "source" = 'estimated'),
  count(*) FILTER (WHERE "source" IS NOT NULL AND "cost_micros" IS NULL), sum("input_tokens"),
  sum("cached_tokens"), sum("output_tokens"), sum("reasoning_tokens"),
  coalesce(sum("cost_micros"), 0), count("first_token_ms"), coalesce(sum("first_token_ms"), 0),
  coalesce(sum(greatest(0, "duration_ms" - "first_token_ms")), 0),
  coalesce(sum("output_tokens") FILTER (WHERE "first_token_ms" IS NOT NULL), 0)
FROM "ledger" GROUP BY 1, 2, 3, 4, 5, 6, 7;
