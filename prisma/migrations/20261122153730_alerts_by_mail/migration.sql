-- AlterTable
ALTER TABLE "alert_channels" ADD COLUMN     "recent_sends" TIMESTAMPTZ(3)[] DEFAULT ARRAY[]::TIMESTAMPTZ(3)[];

-- AlterTable
ALTER TABLE "alert_deliveries" ADD COLUMN     "user_id" TEXT,
ALTER COLUMN "channel_id" DROP NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "alert_deliveries_alert_id_user_id_key" ON "alert_deliveries"("alert_id", "user_id");
