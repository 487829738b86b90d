-- AlterTable
ALTER TABLE "ledger" ADD COLUMN     "is_last" BOOLEAN;

-- Nor is it emptied: what lets no row go lets not all of them go.
CREATE TRIGGER "ledger_not_emptied" BEFORE TRUNCATE ON "ledger"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_ledger_change"();
